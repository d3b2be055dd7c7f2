/**
 * Keeps an import across a reload: the file itself, and what was chosen for it. In IndexedDB, because files are large and stay on the
 * person's own machine; it is emptied when the import is in and when the person signs out.
 */
const name = 'outdial-imports'
const store = 'kept'

export type KeptKey = 'draft' | 'draft-file' | 'run' | 'run-file'

/** False where the browser keeps nothing (a private window, a full disk): the import works, but not across a reload. */
export async function keep(key: KeptKey, value: unknown): Promise<boolean> {
  try {
    await inStore('readwrite', (kept) => kept.put(value, key))
    return true
  } catch {
    // Nothing is lost that the page does not hold; the caller says what that means.
    return false
  }
}

export async function recall<T>(key: KeptKey): Promise<T | null> {
  try {
    return (await inStore<T | undefined>('readonly', (kept) => kept.get(key))) ?? null
  } catch {
    // As if nothing had been kept.
    return null
  }
}

export async function forget(...keys: KeptKey[]): Promise<void> {
  for (const key of keys) await inStore('readwrite', (kept) => kept.delete(key)).catch(() => undefined)
}

/** A file of people must not stay on a machine that somebody signed out of. */
export function forgetAll(): void {
  if ('indexedDB' in globalThis) indexedDB.deleteDatabase(name)
}

async function inStore<T>(mode: IDBTransactionMode, ask: (kept: IDBObjectStore) => IDBRequest): Promise<T> {
  const database = await promised<IDBDatabase>(opening())
  try {
    return await promised<T>(ask(database.transaction(store, mode).objectStore(store)))
  } finally {
    database.close()
  }
}

function opening(): IDBOpenDBRequest {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(store)
  return request
}

function promised<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'))
  })
}
