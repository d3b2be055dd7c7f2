/** What POST /call accepts. Unknown fields pass through, as they do there; what the provider checks is checked here. */
import { z } from 'zod'
import type { Schema } from './analysis/fill.ts'

const E164 = /^\+[1-9]\d{6,14}$/
const LOOSE_NUMBER = /^\+?[a-zA-Z0-9]{3,40}$/
export const INVALID_NUMBER = 'customer.number must be a valid phone number in the E.164 format. Hot tip, you may be missing the country code (Eg. US: +1).'

export const SERVER_MESSAGES = ['assistant.started', 'assistant.speechStarted', 'call.deleted', 'call.delete.failed', 'conversation-update', 'end-of-call-report', 'function-call', 'hang', 'handoff-destination-request',
  'language-change-detected', 'language-changed', 'model-output', 'phone-call-control', 'speech-update', 'status-update', 'tool-calls', 'transcript', 'transcript[transcriptType="final"]',
  'transfer-destination-request', 'transfer-update', 'user-interrupted', 'voice-input', 'chat.created', 'chat.deleted', 'session.created', 'session.updated', 'session.deleted'] as const

export const server = z.looseObject({
  url: z.url({ protocol: /^https?$/ }),
  credentialId: z.uuid().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  secret: z.string().optional(),
  timeoutSeconds: z.number().min(1).max(300).optional(),
  backoffPlan: z.looseObject({
    type: z.enum(['fixed', 'exponential']).default('fixed'), maxRetries: z.number().int().min(0).max(10).default(0), baseDelaySeconds: z.number().min(0).max(10).default(1),
    excludedStatusCodes: z.array(z.number().int()).optional(),
  }).optional(),
})

/** What of a JSON schema the model here heeds; the rest passes through. */
const jsonSchema: z.ZodType<Schema> = z.lazy(() => z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(), description: z.string().optional(), title: z.string().optional(), format: z.string().optional(),
  enum: z.array(z.unknown()).optional(), properties: z.record(z.string(), jsonSchema).optional(), required: z.array(z.string()).optional(),
  items: jsonSchema.optional(), minimum: z.number().optional(), maximum: z.number().optional(),
}))

const tool = z.looseObject({
  type: z.string(),
  function: z.looseObject({ name: z.string().max(64), description: z.string().optional(), parameters: jsonSchema.optional() }).optional(),
  server: server.optional(),
})

const sayAction = z.looseObject({ type: z.literal('say'), exact: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(), prompt: z.unknown().optional() })
  .refine(({ exact, prompt }) => exact !== undefined || prompt !== undefined, 'say needs exact or prompt')
const hookAction = z.union([sayAction, z.looseObject({ type: z.literal('tool'), tool: tool.optional(), toolId: z.string().optional() }), z.looseObject({ type: z.literal('message.add') })])
/** What a silent person sets off. Hooks of other events pass through. */
const hook = z.looseObject({
  on: z.string().min(1), name: z.string().max(1000).optional(), do: z.array(hookAction).min(1),
  options: z.looseObject({
    timeoutSeconds: z.number().min(2).max(1000).optional(), triggerMaxCount: z.number().int().min(1).max(10).optional(), triggerResetMode: z.enum(['onUserSpeech', 'never']).optional(),
  }).optional(),
})

const MODEL_PROVIDERS = ['openai', 'azure-openai', 'google', 'xai', 'baseten', 'mistral', 'minimax', 'inflection-ai', 'deep-seek', 'groq', 'cerebras', 'anthropic', 'anthropic-bedrock',
  'anthropic-vertex', 'together-ai', 'anyscale', 'openrouter', 'perplexity-ai', 'deepinfra', 'runpod', 'custom-llm', 'vapi'] as const
const VOICE_PROVIDERS = ['openai', 'cartesia', 'deepgram', '11labs', 'playht', 'lmnt', 'azure', 'rime-ai', 'smallest-ai', 'vapi', 'neuphonic', 'hume', 'sesame', 'inworld', 'minimax', 'wellsaid',
  'xai', 'tavus', 'custom-voice'] as const

const RUBRICS = ['NumericScale', 'DescriptiveScale', 'Checklist', 'Matrix', 'PercentageScale', 'LikertScale', 'AutomaticRubric', 'PassFail'] as const
const plan = z.looseObject({
  enabled: z.boolean().optional(), rubric: z.enum(RUBRICS).optional(), schema: jsonSchema.optional(), timeoutSeconds: z.number().min(1).optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string() })).optional(),
})

export const assistantFields = {
  name: z.string().max(40).optional(),
  firstMessage: z.string().optional(),
  voicemailMessage: z.string().max(1000).optional(),
  endCallMessage: z.string().max(1000).optional(),
  endCallPhrases: z.array(z.string().min(1)).optional(),
  hooks: z.array(hook).optional(),
  voicemailDetection: z.union([z.literal('off'), z.looseObject({ provider: z.string().optional() })]).optional(),
  model: z.looseObject({
    provider: z.enum(MODEL_PROVIDERS), model: z.string().min(1), temperature: z.number().min(0).max(2).optional(), tools: z.array(tool).optional(),
    messages: z.array(z.looseObject({ role: z.enum(['system', 'user', 'assistant', 'tool', 'function', 'developer']), content: z.string().optional() })).optional(),
  }).optional(),
  voice: z.looseObject({ provider: z.enum(VOICE_PROVIDERS), voiceId: z.string().optional(), language: z.string().optional() }).optional(),
  transcriber: z.looseObject({ provider: z.string(), language: z.string().optional() }).optional(),
  maxDurationSeconds: z.number().min(10).max(43_200).optional(),
  server: server.optional(),
  serverMessages: z.array(z.enum(SERVER_MESSAGES)).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  analysisPlan: z.looseObject({ summaryPlan: plan.optional(), structuredDataPlan: plan.optional(), successEvaluationPlan: plan.optional() }).optional(),
  compliancePlan: z.looseObject({ hipaaEnabled: z.boolean().optional() }).optional(),
  monitorPlan: z.looseObject({ controlEnabled: z.boolean().optional() }).optional(),
  artifactPlan: z.looseObject({ recordingEnabled: z.boolean().optional(), recordingFormat: z.enum(['wav;l16', 'mp3']).optional() }).optional(),
}

const customer = z.looseObject({
  number: z.string().min(3).max(40).optional(),
  numberE164CheckEnabled: z.boolean().optional(),
  extension: z.string().max(10).optional(),
  sipUri: z.string().optional(),
  name: z.string().max(40).optional(),
  email: z.string().max(40).optional(),
  externalId: z.string().max(40).optional(),
}).superRefine((value, context) => {
  if (value.number === undefined && value.sipUri === undefined) context.addIssue('customer.number or customer.sipUri must be provided.')
  if (value.number !== undefined && !(value.numberE164CheckEnabled === false ? LOOSE_NUMBER : E164).test(value.number)) context.addIssue(INVALID_NUMBER)
})

export const createCall = z.looseObject({
  name: z.string().max(40).optional(),
  assistantId: z.uuid().optional(),
  assistant: z.looseObject(assistantFields).optional(),
  assistantOverrides: z.looseObject(assistantFields).optional(),
  phoneNumberId: z.uuid().optional(),
  phoneNumber: z.looseObject({}).optional(),
  customer: customer.optional(),
  schedulePlan: z.looseObject({ earliestAt: z.iso.datetime({ offset: true }), latestAt: z.iso.datetime({ offset: true }).optional() }).optional(),
}).superRefine((call, context) => {
  if ('metadata' in call) context.addIssue('property metadata should not exist')
  if ((call.assistant === undefined) === (call.assistantId === undefined)) context.addIssue('Exactly one of assistant and assistantId must be provided.')
  if (call.phoneNumberId === undefined && call.phoneNumber === undefined) context.addIssue('phoneNumberId must be a UUID')
  if (call.customer === undefined) context.addIssue('customer must be provided.')
})

export type CreateCall = z.infer<typeof createCall>
export type Assistant = NonNullable<CreateCall['assistant']>
export type Server = NonNullable<Assistant['server']>
