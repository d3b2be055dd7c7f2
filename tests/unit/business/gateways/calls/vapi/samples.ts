import type { DialOrder } from '../../../../../../business/models/dial.ts'

export const attemptId = '6f9f3f9e-0000-4000-8000-0000000000a1'
export const callId = 'vapi-call-1'

export function order(changes: Partial<DialOrder> = {}): DialOrder {
  return {
    call_id: '6f9f3f9e-0000-4000-8000-0000000000c1',
    attempt_id: attemptId,
    to: '+12025550123',
    from: { provider: 'vapi', provider_ref: 'line-1', connection_id: null },
    contact: { name: 'Ann Lee', company: 'Acme', email: 'ann@acme.test', phone: '+12025550123', attributes: { plan: 'Gold' } },
    assistant: {
      name: 'Renewals',
      voice_provider: 'vapi',
      voice_ref: 'Elliot',
      language: 'en',
      model_provider: 'openai',
      model_ref: 'gpt-4o-mini',
      temperature_percent: 40,
      role: '',
      tone: '',
      persona: '',
      greeting: 'Hello {name|there}, this is Emma of Northwind.',
      instructions: 'Talk about the {plan} plan.',
      voicemail_message: 'Hi {name}, please call back.',
      fallback_message: '',
      goodbye_message: '',
      fallback_seconds: 8,
      silence_seconds: 30,
      end_phrase: null,
      extraction: [],
      success_criterion: '',
    },
    dispositions: [],
    disclosures: { caller: '', ai: '', recording: '', opt_out: '' },
    local_time: 'Tuesday, 7 October 2025, 10:15',
    account_name: 'Northwind',
    is_hipaa: false,
    maximum_seconds: 300,
    record_calls: true,
    ...changes,
  }
}

/** The call as VAPI sends it along with every message: as it was when it was created. */
export const staleCall = {
  id: callId,
  orgId: 'org-1',
  name: attemptId,
  status: 'queued',
  startedAt: null,
  endedAt: null,
  endedReason: null,
  cost: 0,
  customer: { number: '+12025550123', externalId: attemptId },
  assistant: { metadata: { attempt_id: attemptId }, model: { messages: [{ role: 'system', content: 'Secret prompt' }] } },
}

export const spokenMessages = [
  { role: 'system', message: 'Secret prompt', time: 1_760_000_000_000, secondsFromStart: 0 },
  { role: 'bot', message: 'Hello Ann.', time: 1_760_000_000_500, endTime: 1_760_000_002_500.25, secondsFromStart: 0.5, duration: 2000 },
  { role: 'user', message: 'Hi, go on.', time: 1_760_000_003_000, endTime: 1_760_000_004_250, secondsFromStart: 3, duration: 1250 },
  { role: 'tool_calls', message: '', time: 1_760_000_005_000, secondsFromStart: 5 },
]

/** An end-of-call report; changes replace fields of the message. */
export function report(changes: Record<string, unknown> = {}): { message: Record<string, unknown> } {
  return {
    message: {
      type: 'end-of-call-report',
      timestamp: 1_760_000_070_000,
      call: staleCall,
      endedReason: 'customer-ended-call',
      startedAt: '2025-10-09T08:53:20.000Z',
      endedAt: '2025-10-09T08:54:02.400Z',
      cost: 0.1234,
      artifact: {
        messages: spokenMessages,
        transcript: 'AI: Hello Ann.\nUser: Hi, go on.\n',
        recordingUrl: 'https://storage.vapi.ai/secret.mp3',
      },
      analysis: { summary: 'They talked.', successEvaluation: 'true', structuredData: { interested: true } },
      ...changes,
    },
  }
}

export function status(value: string, changes: Record<string, unknown> = {}): { message: Record<string, unknown> } {
  return { message: { type: 'status-update', status: value, timestamp: 1_760_000_000_000, call: staleCall, ...changes } }
}
