/**
 * What the database itself can settle: on bare tables with their keys and nothing else, the three rows that each settlement must write
 * (call, posting, balance), as many in one statement and commit as asked for. No product can be faster than that.
 */
import postgres, { type Sql } from 'postgres'
import type { Bench } from './server.ts'

let made = 0

export async function rawSettlementsPerSecond(bench: Bench, { calls, accounts, batch }: { calls: number, accounts: number, batch: number }): Promise<number> {
  const name = `raw_${made++}`
  await bench.createEmpty(name)
  const sql = postgres(bench.url(name), { max: 1, onnotice: () => undefined })
  try {
    await fill(sql, calls, accounts)
    const began = performance.now()
    for (let first = 1; first <= calls; first += batch) await settle(sql, first, first + batch - 1)
    const seconds = (performance.now() - began) / 1000
    const [{ posted } = { posted: 0 }] = await sql<[{ posted: number }]>`select count(*)::int as posted from postings`
    if (posted !== calls) throw new Error(`${posted} of ${calls} bare calls were settled`)
    return calls / seconds
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function fill(sql: Sql, calls: number, accounts: number): Promise<void> {
  await sql`create table accounts (id int primary key, balance bigint not null, version bigint not null default 0) with (fillfactor = 50)`
  await sql`create table calls (id int primary key, account_id int not null, billed int) with (fillfactor = 50)`
  await sql`create table postings (account_id int, version bigint, call_id int not null unique, delta int not null, balance_after bigint not null, primary key (account_id, version))`
  await sql`insert into accounts select n, 1000000000 from generate_series(1, ${accounts}::int) n`
  await sql`insert into calls select n, 1 + n % ${accounts}::int from generate_series(1, ${calls}::int) n`
  await sql`vacuum (analyze)`
}

async function settle(sql: Sql, first: number, last: number): Promise<void> {
  await sql`
    with settled as (
      update calls set billed = 120 where id between ${first} and ${last} and billed is null returning id, account_id, billed
    ), counted as (
      select s.*, row_number() over account as n, sum(s.billed) over account as used from settled s window account as (partition by s.account_id order by s.id)
    ), spent as (
      update accounts a set balance = a.balance - t.used, version = a.version + t.n
      from (select account_id, max(n) as n, max(used) as used from counted group by 1) t where a.id = t.account_id returning a.id, a.balance + t.used as balance, a.version - t.n as version
    )
    insert into postings select c.account_id, s.version + c.n, c.id, -c.billed, s.balance - c.used from counted c join spent s on s.id = c.account_id`
}
