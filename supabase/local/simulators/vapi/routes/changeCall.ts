/** PATCH and DELETE /call/:id. */
import { z } from 'zod'
import type { Exchange } from '../exchange.ts'
import { addressed } from '../messages.ts'
import { refusal, sentencesOf } from '../refusal.ts'
import { publicView } from '../views.ts'
import { callNotFound } from './readCalls.ts'

const update = z.strictObject({ name: z.string().max(40).optional() })
const deletion = z.looseObject({ ids: z.array(z.string()).optional() })

/** Only the name can be changed. */
export function updateCall({ calls, now }: Exchange, id: string, body: unknown): Response {
  const call = calls.get(id)
  if (!call) return callNotFound(id)
  const parsed = update.safeParse(body)
  if (!parsed.success) return refusal(400, sentencesOf(parsed.error))
  Object.assign(call.request, parsed.data)
  call.updatedAt = now()
  return Response.json(publicView(call))
}

/** Erases the data of a call, or of `ids` in its place. It hangs up nothing: a running call goes on, unseen. */
export function deleteCall({ calls, journal, postman, now }: Exchange, id: string, body: unknown): Response {
  const call = calls.get(id)
  if (!call) return callNotFound(id)
  const ids = deletion.safeParse(body).data?.ids ?? [id]
  for (const one of ids.flatMap((each) => calls.get(each) ?? [])) {
    calls.delete(one.id)
    journal.erase(one.id)
    postman.post(one, addressed(one, { type: 'call.deleted' }, now()))
  }
  return Response.json(publicView(call))
}
