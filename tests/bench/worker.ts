/** A dispatcher that claims, says so and then hangs before its first dial, until it is killed: a process of its own, for `rescue`. */
import postgres from 'postgres'

const [url = '', batch = '25'] = process.argv.slice(2)
const sql = postgres(url, { max: 1, onnotice: () => undefined })
const [claimed] = await sql<{ call_ids: unknown[] }[]>`select public.claim_calls(${Number(batch)}) -> 'call_ids' as call_ids`
process.stdout.write(`${claimed?.call_ids.length ?? 0}\n`)
setInterval(() => undefined, 1000)
