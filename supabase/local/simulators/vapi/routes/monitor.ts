/** A running call's control address: it asks for no key, because knowing it is the key. */
import { z } from 'zod'
import type { Exchange } from '../exchange.ts'
import { refusal } from '../refusal.ts'

const order = z.looseObject({ type: z.string() })

/** Hangs up a conversation. What else the provider could do in one (say, transfer) is not simulated. */
export function controlCall({ callsOfAll, url }: Exchange, monitorId: string, body: unknown): Response {
  const call = [...callsOfAll.values()].find(({ monitor }) => monitor.controlUrl === `${url}/__monitor/${monitorId}/control`)
  if (!call) return refusal(404, 'Call not found.')
  if (call.status !== 'in-progress') return refusal(400, 'Call is not in progress.')
  if (order.safeParse(body).data?.type !== 'end-call') return refusal(400, ['type must be one of the following values: end-call'])
  call.line.abort('manually-canceled')
  return Response.json({ status: 'ok' })
}
