import { z } from 'zod'

/** Work that a transaction ordered and somebody has to do outside the database; leased for two minutes to one worker. */
export const outboxJobSchema = z.object({
  id: z.number(),
  kind: z.string(),
  payload: z.unknown(),
  tries: z.number(),
})
export type OutboxJob = z.infer<typeof outboxJobSchema>

export const copyRecordingSchema = z.object({
  call_id: z.string(),
  account_id: z.string(),
  provider: z.string(),
  provider_call_id: z.string(),
})
export type CopyRecording = z.infer<typeof copyRecordingSchema>

/** A failure that is not final is tried again later, eight times in all. */
export type OutboxResult
  = | { ok: true, path?: string, content_type?: string, bytes?: number }
    | { ok: false, error: string, is_final: boolean }
