import { useQueryCache } from '@pinia/colada'

/**
 * Has everything that is shown under these keys read again, say of all contacts. It never fails: what cannot be read says so where it
 * stands, and must not make what was just saved look as if it had not been.
 */
export function useReread() {
  const cache = useQueryCache()
  return async (...keys: (string | string[])[]): Promise<void> => {
    await Promise.allSettled(keys.map((key) => cache.invalidateQueries({ key: [key].flat() })))
  }
}
