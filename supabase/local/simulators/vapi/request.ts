/** What POST /call accepts, and the provider's way to refuse it. Unknown fields pass through, as they do there. */
import { z } from 'zod'

const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'customer.number must be a valid phone number in the E.164 format. Hot tip, you may be missing the country code (Eg. US: +1).')
const server = z.looseObject({
  url: z.url('assistant.server.url must be a URL address'),
  headers: z.record(z.string(), z.string()).optional(),
  timeoutSeconds: z.number().min(1).max(300).optional(),
  backoffPlan: z.looseObject({
    type: z.enum(['fixed', 'exponential']), maxRetries: z.number().int().min(0).max(10), baseDelaySeconds: z.number().min(0).max(10),
    excludedStatusCodes: z.array(z.number()).optional(),
  }).optional(),
})
const assistant = z.looseObject({
  firstMessage: z.string().optional(),
  model: z.looseObject({ provider: z.string(), model: z.string(), messages: z.array(z.looseObject({ role: z.string(), content: z.string() })).optional() }),
  voice: z.looseObject({ provider: z.string(), voiceId: z.string() }).optional(),
  maxDurationSeconds: z.number().int().min(10, 'assistant.maxDurationSeconds must not be less than 10').max(43_200).optional(),
  server: server.optional(),
  serverMessages: z.array(z.string()).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
})

export const createCall = z.looseObject({
  name: z.string().max(40, 'name must be shorter than or equal to 40 characters').optional(),
  assistantId: z.string().optional(),
  assistant: assistant.optional(),
  assistantOverrides: z.looseObject({ metadata: z.record(z.string(), z.unknown()).optional() }).optional(),
  phoneNumberId: z.uuid('phoneNumberId must be a UUID'),
  customer: z.looseObject({
    number: e164,
    name: z.string().max(40, 'customer.name must be shorter than or equal to 40 characters').optional(),
    externalId: z.string().max(40, 'customer.externalId must be shorter than or equal to 40 characters').optional(),
  }),
}).refine(call => call.assistant ?? call.assistantId, 'Either assistantId or assistant is required.')

export type CreateCall = z.infer<typeof createCall>

/** The attempt id as the request carries it; `disagreement` names the places when they differ. */
export function attemptOf(call: CreateCall): { attemptId: string | undefined, disagreement: string | undefined } {
  const places = { 'name': call.name, 'customer.externalId': call.customer.externalId, 'metadata.attempt_id': metadataOf(call)?.attempt_id as string | undefined }
  const ids = new Set(Object.values(places).filter(id => id !== undefined))
  return { attemptId: [...ids][0], disagreement: ids.size > 1 ? JSON.stringify(places) : undefined }
}

function metadataOf(call: CreateCall): Record<string, unknown> | undefined {
  return call.assistantOverrides?.metadata ?? call.assistant?.metadata
}

/** NestJS' shape: `message` is a list of sentences for validation, one sentence otherwise. */
export function refusal(statusCode: number, message: string | string[]): Response {
  const error = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 409: 'Conflict', 429: 'Too Many Requests', 500: 'Internal Server Error' }[statusCode] ?? 'Error'
  return Response.json({ statusCode, error, message }, { status: statusCode })
}
