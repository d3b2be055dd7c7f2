// @ts-types="./asyncHooks.d.ts"
import { AsyncLocalStorage } from 'node:async_hooks'

const scope = new AsyncLocalStorage<string>()

/** Whatever is done for a request, after its answer too, knows its id. */
export const withinRequest = <T>(id: string, work: () => T): T => scope.run(id, work)

/** Takes the id of the request along to the database, whose log and errors name it. */
export const fetchWithinRequest: typeof fetch = (input, init) => {
  const id = scope.getStore()
  if (!id) return fetch(input, init)
  const headers = new Headers(init?.headers)
  headers.set('x-request-id', id)
  return fetch(input, { ...init, headers })
}
