/**
 * zod compiles its schemas with eval unless told otherwise; our content security policy forbids that, and every try would be
 * reported as a violation. Written where zod looks for it, so that zod itself stays out of the entry.
 */
export default defineNuxtPlugin(() => {
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
})
