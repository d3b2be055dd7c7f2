/** GET /call and GET /call/:id. */
import { z } from 'zod'
import type { Exchange } from '../exchange.ts'
import { refusal, sentencesOf } from '../refusal.ts'
import { publicView } from '../views.ts'
import { isInWindow, windowQuery } from './window.ts'

const query = z.object({ id: z.string().optional(), assistantId: z.string().optional(), phoneNumberId: z.string().optional(), ...windowQuery })

/** A bare array, newest first. There is no filter by name or metadata. */
export function listCalls({ calls }: Exchange, search: Record<string, string>): Response {
  const parsed = query.safeParse(search)
  if (!parsed.success) return refusal(400, sentencesOf(parsed.error))
  const { limit, id, assistantId, phoneNumberId, ...window } = parsed.data
  const rows = [...calls.values()].filter((call) => !call.isHidden && isOr(id, call.id) && isOr(assistantId, call.request.assistantId)
    && isOr(phoneNumberId, call.request.phoneNumberId) && isInWindow({ createdAt: call.createdAt.getTime(), updatedAt: call.updatedAt.getTime() }, window))
  const newestFirst = rows.reverse().sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
  return Response.json(newestFirst.slice(0, limit).map(publicView))
}

export function showCall({ calls }: Exchange, id: string): Response {
  const call = calls.get(id)
  return call && !call.isHidden ? Response.json(publicView(call)) : callNotFound(id)
}

export const callNotFound = (id: string): Response => refusal(404, `Couldn't find call with ID ${id}.`)

const isOr = (wanted: string | undefined, actual: string | undefined): boolean => wanted === undefined || wanted === actual
