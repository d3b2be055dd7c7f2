/** Who signed up, and their sessions: taken along when the database is made anew, so that nobody signs up again for a changed column. */
import postgres, { type Sql } from 'postgres'

/** The platform makes the schema auth, not our migrations: both databases have it alike. */
export async function keepPeople(fromUrl: string, toUrl: string): Promise<void> {
  const from = postgres(fromUrl, { max: 1, onnotice: () => undefined })
  const to = postgres(toUrl, { max: 1, onnotice: () => undefined })
  try {
    const tables = await from`select tablename from pg_tables where schemaname = 'auth'`
    await to.begin(async (transaction) => {
      // The rows are whole and belong together: neither triggers nor the order of references matter.
      await transaction`set local session_replication_role = replica`
      for (const { tablename } of tables) await copyTable(from, transaction, tablename as string)
    })
  } finally {
    await Promise.all([from.end(), to.end()])
  }
}

async function copyTable(from: Sql, to: Pick<Sql, 'unsafe'>, table: string): Promise<void> {
  const columns = await from`select quote_ident(column_name) as name from information_schema.columns
    where table_schema = 'auth' and table_name = ${table} and is_generated = 'NEVER'`
  const names = columns.map(({ name }) => name as string).join(', ')
  const [found] = await from.unsafe(`select coalesce(json_agg(t), '[]')::text as rows from auth."${table}" t`)
  await to.unsafe(`insert into auth."${table}" (${names}) overriding system value
    select ${names} from json_populate_recordset(null::auth."${table}", $1::text::json) on conflict do nothing`, [found?.rows as string])
}
