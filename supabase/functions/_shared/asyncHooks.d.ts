/** The one part of node:async_hooks that we use. Deno takes it from here: the types of all of Node are no package of a deployed function. */
export class AsyncLocalStorage<T> {
  run<R>(store: T, work: () => R): R
  getStore(): T | undefined
}
