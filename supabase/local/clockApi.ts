/** The clock over HTTP, for the carrier's page, the banner and the tests: GET says how late it is, POST {"move": "hour"} moves it. */
import { z } from 'zod'
import { CLOCK_MOVES, type LocalClock } from './clock.ts'
import { refusedAsForeign } from './simulators/shared/guard.ts'

export const CLOCK_PATH = '/carrier/clock'

const order = z.strictObject({ move: z.enum(CLOCK_MOVES), zone: z.string().optional() })
const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
const refuse = (status: number, message: string) => Response.json({ message }, { status, headers: HEADERS })

export async function answerClock(request: Request, clock: LocalClock): Promise<Response> {
  const foreign = refusedAsForeign(request)
  if (foreign) return refuse(foreign.status, foreign.why)
  if (request.method === 'GET') return Response.json(await clock.facts(), { headers: HEADERS })
  if (request.method !== 'POST') return refuse(405, 'The clock is read with GET and moved with POST.')
  const parsed = order.safeParse(await request.json().catch(() => null))
  if (!parsed.success) return refuse(400, `Say {"move": …}, one of ${CLOCK_MOVES.join(', ')}.`)
  const { move, zone } = parsed.data
  if (zone !== undefined && !isTimeZone(zone)) return refuse(400, `${zone} is no time zone.`)
  return Response.json(await clock.move(move, zone), { headers: HEADERS })
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
