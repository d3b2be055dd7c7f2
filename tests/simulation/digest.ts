/** One word for everything that a history left behind. */
import { createHash } from 'node:crypto'
import type { SimulatedDatabase } from './database.ts'

/** Numbers of transactions and of messages sent are the server's, not the world's. */
export async function digestOf(database: SimulatedDatabase): Promise<string> {
  const hash = createHash('sha256')
  const tables = await database.query<{ name: string }>(`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'engine') order by 1`)
  for (const { name } of tables) {
    const [table] = await database.query<{ content: string }>(`select coalesce(string_agg(row, e'\\n' order by row), '') as content from (select (to_jsonb(t) - 'transaction_id')::text as row from ${name} t) r`)
    hash.update(`${name}\n${table!.content}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}
