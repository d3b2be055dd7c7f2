/** One guard less in a copy of the finished database, and worlds in it until the judge misses it. */
import postgres from 'postgres'
import { applyMutation } from '../mutations/mutation.ts'
import { TEMPLATE } from '../support/cluster.ts'
import type { PostgresServer } from '../../supabase/local/postgres.ts'
import { guards } from './guards.ts'
import { simulate } from './simulate.ts'

export interface Search { server: PostgresServer, seeds: readonly number[], hours: number }

/** Says after which seed and step which promise was broken. False: nobody missed the guard. */
export async function isMissed({ server, seeds, hours }: Search, name: string): Promise<boolean> {
  const template = `without_${Object.keys(guards).indexOf(name)}`
  await run(server.url('postgres'), (sql) => sql.unsafe(`create database ${template} template ${TEMPLATE} owner postgres`))
  await run(server.url(template, 'postgres'), async (sql) => {
    for (const change of guards[name]!) await applyMutation(sql, { name, hint: '', change })
  })
  let dials = 0
  for (const seed of seeds) {
    const report = await simulate({ seed, hours, cluster: { port: server.port, password: server.password, template } })
    dials += report.dials
    if (report.violations[0]) return say(true, `${name} | seed ${seed}, step ${report.steps}, dial ${dials} | ${report.violations[0]}`)
  }
  return say(false, `${name} | not missed in ${seeds.length} worlds, ${dials} dials`)
}

function say(isRed: boolean, text: string): boolean {
  process.stdout.write(`${isRed ? '✓' : '✗'} ${text}\n`)
  return isRed
}

async function run<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}
