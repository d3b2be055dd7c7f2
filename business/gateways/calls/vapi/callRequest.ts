import type { Vapi } from '@vapi-ai/server-sdk'
import type { DialOrder } from '../../../models/dial.ts'
import { openingOf, type Disclosures } from '../../../models/opening.ts'
import { renderPlaceholders } from '../../../models/placeholders.ts'
import { analysisPlanOf } from './analysisPlan.ts'
import type { VapiConfig } from './client.ts'
import { silenceHooks } from './silenceHooks.ts'
import { systemPrompt } from './systemPrompt.ts'
import { conversationTools } from './tools.ts'

const transcriber = { provider: 'deepgram', model: 'nova-2' } as const

/**
 * VAPI refuses the whole call when a name or a spoken message is longer; what a contact is called can make one so. For the first message
 * it documents no limit: the greeting keeps to the same, and what has to be said besides comes on top, uncut.
 */
const longestName = 40
const longestMessage = 1000

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
      ...(order.contact.name && { name: cut(order.contact.name, longestName) }),
    },
    assistant: assistantOf(order, webhook),
  }
}

function assistantOf(order: DialOrder, webhook: VapiConfig['webhook']): Vapi.CreateAssistantDto {
  const { assistant } = order
  const say = (text: string) => renderPlaceholders(text, order.contact)
  const spoken = (text: string) => cut(say(text), longestMessage)
  const voicemailMessage = spoken(assistant.voicemail_message)
  const endCallMessage = spoken(assistant.goodbye_message)
  const parts = {
    name: cut(assistant.name, longestName),
    metadata: { attempt_id: order.attempt_id },
    firstMessage: openingOf(spoken(assistant.greeting), saidBy(order.disclosures, say), order.account_name),
    model: {
      provider: assistant.model_provider, model: assistant.model_ref, temperature: assistant.temperature_percent / 100,
      messages: [{ role: 'system', content: say(systemPrompt(order)) }], tools: [{ type: 'endCall' }, ...conversationTools],
    },
    voice: { provider: assistant.voice_provider, voiceId: assistant.voice_ref },
    transcriber: { ...transcriber, language: assistant.language },
    maxDurationSeconds: Math.max(10, order.maximum_seconds),
    voicemailDetection: { provider: 'vapi', beepMaxAwaitSeconds: 20 },
    // Without a message it hangs up when a machine answers.
    ...(voicemailMessage && { voicemailMessage }),
    ...(endCallMessage && { endCallMessage }),
    ...(assistant.end_phrase && { endCallPhrases: [assistant.end_phrase] }),
    hooks: silenceHooks({ ...assistant, fallback_message: spoken(assistant.fallback_message) }),
    server: serverOf(webhook),
    serverMessages: [...serverMessages],
    artifactPlan: { recordingEnabled: order.record_calls, recordingFormat: 'mp3' },
    analysisPlan: analysisPlanOf(order, say),
    monitorPlan: { listenEnabled: false, controlEnabled: true },
    // Honoured only where the provider's contract has it; it then refuses models and voices that have none.
    ...(order.is_hipaa && { compliancePlan: { hipaaEnabled: true } }),
  }
  // The SDK's unions want literals where a row of ours says which provider it is; VAPI judges the value.
  return parts as unknown as Vapi.CreateAssistantDto
}

/** The account's own sentence may name the contact; a company's name is no template. */
function saidBy(disclosures: Disclosures, say: (text: string) => string): Disclosures {
  return { ...disclosures, opt_out: say(disclosures.opt_out) }
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
const cut = (text: string, longest: number) => Array.from(text.trim()).slice(0, longest).join('')
