/** Work in a transaction that is thrown away, so that each situation begins from the same place. */
import type { TestDatabase } from './database.ts'

export type Query = <Row = Record<string, unknown>>(text: string) => Promise<Row[]>

export async function thrownAway<T>(db: TestDatabase, work: (query: Query) => Promise<T>): Promise<T> {
  const session = await db.sql.reserve()
  try {
    await session.unsafe('begin')
    return await work((text) => session.unsafe(text) as never)
  } finally {
    await session.unsafe('rollback')
    session.release()
  }
}
