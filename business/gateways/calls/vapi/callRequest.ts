import type { Vapi } from '@vapi-ai/server-sdk'
import type { DialOrder } from '../../../models/dial.ts'
import { openingOf, type Disclosures } from '../../../models/opening.ts'
import { renderPlaceholders } from '../../../models/placeholders.ts'
import { analysisPlan } from './analysisPlan.ts'
import type { VapiConfig } from './client.ts'
import { conversationTools } from './tools.ts'

/** Small and fast enough for a phone conversation; VAPI bills it per token. */
const model = { provider: 'openai', model: 'gpt-4o-mini', temperature: 0.4 } as const
const transcriber = { provider: 'deepgram', model: 'nova-2' } as const

/** VAPI refuses the whole call when a name is longer. */
const longestName = 40

/**
 * Events that reach us. VAPI's own default is more than twice as many, among them the whole history again with every
 * sentence; transcript lines are passed on to whoever watches, tool calls are answered while the person waits.
 */
const serverMessages = ['status-update', 'end-of-call-report', 'transcript', 'tool-calls'] as const

/**
 * The request of one dial: a transient assistant, so that nothing at VAPI can differ from the version pinned to the call.
 * The attempt id goes in four places, because VAPI can neither filter by it nor promises to send any of them back.
 */
export function callRequest(order: DialOrder, webhook: VapiConfig['webhook']): Vapi.CreateCallDto {
  return {
    name: order.attempt_id,
    phoneNumberId: order.from.provider_ref,
    customer: {
      number: order.to,
      numberE164CheckEnabled: true,
      externalId: order.attempt_id,
      ...(order.contact.name && { name: cut(order.contact.name) }),
    },
    assistant: assistantOf(order, webhook),
  }
}

function assistantOf(order: DialOrder, webhook: VapiConfig['webhook']): Vapi.CreateAssistantDto {
  const { assistant } = order
  const say = (text: string) => renderPlaceholders(text, order.contact)
  const voicemailMessage = say(assistant.voicemail_message).trim()
  const parts = {
    name: cut(assistant.name),
    metadata: { attempt_id: order.attempt_id },
    firstMessage: openingOf(say(assistant.greeting), saidBy(order.disclosures, say), order.account_name),
    model: { ...model, messages: [{ role: 'system', content: say(systemPrompt(order)) }], tools: [{ type: 'endCall' }, ...conversationTools] },
    voice: { provider: assistant.voice_provider, voiceId: assistant.voice_ref },
    transcriber: { ...transcriber, language: assistant.language },
    maxDurationSeconds: Math.max(10, order.maximum_seconds),
    voicemailDetection: { provider: 'vapi', beepMaxAwaitSeconds: 20 },
    // Without a message it hangs up when a machine answers.
    ...(voicemailMessage && { voicemailMessage }),
    server: serverOf(webhook),
    serverMessages: [...serverMessages],
    artifactPlan: { recordingEnabled: order.record_calls, recordingFormat: 'mp3' },
    analysisPlan,
    monitorPlan: { listenEnabled: false, controlEnabled: true },
  }
  // The SDK's unions want literals where a row of ours says which provider it is; VAPI judges the value.
  return parts as unknown as Vapi.CreateAssistantDto
}

/** The account's own sentence may name the contact; a company's name is no template. */
function saidBy(disclosures: Disclosures, say: (text: string) => string): Disclosures {
  return { ...disclosures, opt_out: say(disclosures.opt_out) }
}

/** What holds whatever the assistant is told to do; last, because a model heeds what it read last. */
function systemPrompt({ assistant, local_time }: DialOrder): string {
  return [
    assistant.instructions,
    'When the person asks in any way not to be called again, use the tool opt_out at once, confirm it in one sentence, and end the call. Never argue about it.',
    'When the person wants to be called at another time, ask for day and time, use the tool schedule_callback, and repeat what it answers.',
    ...(local_time ? [`Where the person is, it is ${local_time}.`] : []),
  ].join('\n\n')
}

/** Without a backoff plan VAPI tries once; the codes left out are those that no repetition cures. */
function serverOf({ url, secret }: VapiConfig['webhook']) {
  return {
    url,
    headers: { 'x-vapi-secret': secret },
    timeoutSeconds: 20,
    backoffPlan: { type: 'exponential', maxRetries: 5, baseDelaySeconds: 2, excludedStatusCodes: [400, 401, 403, 404] },
  }
}

/** By code points, so that an emoji at the end is not torn. */
const cut = (name: string) => Array.from(name.trim()).slice(0, longestName).join('')
