/** GET /call and GET /call/:id. */
import { z } from 'zod'
import type { SimulatedCall } from '../call.ts'
import type { Exchange } from '../exchange.ts'
import { refusal, sentencesOf } from '../refusal.ts'
import { publicView } from '../views.ts'

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)).optional()
const query = z.object({
  id: z.string().optional(), assistantId: z.string().optional(), phoneNumberId: z.string().optional(), limit: z.coerce.number().int().min(0).max(1000).default(100),
  createdAtGt: instant, createdAtLt: instant, createdAtGe: instant, createdAtLe: instant, updatedAtGt: instant, updatedAtLt: instant, updatedAtGe: instant, updatedAtLe: instant,
})

type Filter = Omit<z.infer<typeof query>, 'limit'>

/** A bare array, newest first. There is no filter by name or metadata. */
export function listCalls({ calls }: Exchange, search: Record<string, string>): Response {
  const parsed = query.safeParse(search)
  if (!parsed.success) return refusal(400, sentencesOf(parsed.error))
  const { limit, ...filter } = parsed.data
  const rows = [...calls.values()].filter((call) => !call.isHidden && matches(call, filter)).reverse()
  return Response.json(rows.sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime()).slice(0, limit).map(publicView))
}

export function showCall({ calls }: Exchange, id: string): Response {
  const call = calls.get(id)
  return call && !call.isHidden ? Response.json(publicView(call)) : callNotFound(id)
}

export const callNotFound = (id: string): Response => refusal(404, `Couldn't find call with ID ${id}.`)

function matches(call: SimulatedCall, filter: Filter): boolean {
  return isOr(filter.id, call.id) && isOr(filter.assistantId, call.request.assistantId) && isOr(filter.phoneNumberId, call.request.phoneNumberId)
    && isWithin(call.createdAt, { gt: filter.createdAtGt, lt: filter.createdAtLt, ge: filter.createdAtGe, le: filter.createdAtLe })
    && isWithin(call.updatedAt, { gt: filter.updatedAtGt, lt: filter.updatedAtLt, ge: filter.updatedAtGe, le: filter.updatedAtLe })
}

const isOr = (wanted: string | undefined, actual: string | undefined): boolean => wanted === undefined || wanted === actual

function isWithin(date: Date, { gt = -Infinity, lt = Infinity, ge = -Infinity, le = Infinity }: { gt?: number, lt?: number, ge?: number, le?: number }): boolean {
  const at = date.getTime()
  return at > gt && at < lt && at >= ge && at <= le
}
