export interface PageProgress {
  signal: AbortSignal
  onRows: (count: number) => void
}

interface KeysetPage<Row> {
  rows: Row[]
  next_cursor: unknown
}

/** Reads a keyset list to its end, page by page, and tells how far it is; false when it was stopped. */
export async function eachPage<Row>(
  ask: (cursor: unknown) => Promise<KeysetPage<Row>>, use: (rows: Row[]) => Promise<void>, { signal, onRows }: PageProgress,
): Promise<boolean> {
  let count = 0
  let cursor: unknown = null
  do {
    const page = await ask(cursor)
    if (signal.aborted) return false
    await use(page.rows)
    count += page.rows.length
    cursor = page.next_cursor
    onRows(count)
  } while (cursor !== null && !signal.aborted)
  return !signal.aborted
}
