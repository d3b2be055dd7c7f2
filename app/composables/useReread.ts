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

/**
 * Runs commands that change what is shown under these keys, and has it read again whatever came of them: a refusal often means that
 * the page is out of date, and what was done before a failure stays. Answers, or fails, as the command does.
 */
export function useRunAndReread(...keys: (string | string[])[]) {
  const reread = useReread()
  return async <T>(command: Promise<T>): Promise<T> => {
    try {
      return await command
    } finally {
      await reread(...keys)
    }
  }
}
