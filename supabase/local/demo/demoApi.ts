/** The demo over HTTP, for the first page and `npm run demo`: GET says how far it is, POST {} makes it. */
import { z } from 'zod'
import { refusedAsForeign } from '../simulators/shared/guard.ts'
import type { Demo } from './index.ts'

export const DEMO_PATH = '/carrier/demo'

const order = z.strictObject({ size: z.enum(['full', 'small']).default('full') })
const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
const refuse = (status: number, message: string) => Response.json({ message }, { status, headers: HEADERS })

export async function answerDemo(request: Request, demo: Demo): Promise<Response> {
  const foreign = refusedAsForeign(request)
  if (foreign) return refuse(foreign.status, foreign.why)
  if (request.method === 'GET') return Response.json(await demo.state(), { headers: HEADERS })
  if (request.method !== 'POST') return refuse(405, 'The demo is looked at with GET and made with POST.')
  const parsed = order.safeParse(await request.json().catch(() => null))
  if (!parsed.success) return refuse(400, 'Say {}, or {"size": "small"} for a sketch of it.')
  return Response.json(await demo.begin(parsed.data.size), { status: 202, headers: HEADERS })
}
