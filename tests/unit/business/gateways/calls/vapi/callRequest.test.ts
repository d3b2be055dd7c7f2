import { describe, expect, it } from 'vitest'
import { callRequest } from '../../../../../../business/gateways/calls/vapi/callRequest.ts'
import type { DialOrder } from '../../../../../../business/models/dial.ts'
import { attemptId, order } from './samples.ts'

const webhook = { url: 'https://outdial.test/hook', secret: 's3cret' }
const request = (changes: Partial<DialOrder> = {}) => JSON.parse(JSON.stringify(callRequest(order(changes), webhook)))
const contact = (changes: Partial<DialOrder['contact']>) => ({ contact: { ...order().contact, ...changes } })
const assistant = (changes: Partial<DialOrder['assistant']>) => ({ assistant: { ...order().assistant, ...changes } })

describe('the request of a dial', () => {
  it('carries the attempt id in every place that may come back', () => {
    expect(request()).toMatchObject({
      name: attemptId, customer: { externalId: attemptId }, assistant: { metadata: { attempt_id: attemptId } },
    })
    expect(attemptId).toHaveLength(36)
  })

  it('calls the contact from our line, with the check of the number on', () => {
    expect(request()).toMatchObject({ phoneNumberId: 'line-1', customer: { number: '+12025550123', numberE164CheckEnabled: true, name: 'Ann Lee' } })
  })

  it('is the whole assistant of the pinned version', () => {
    expect(request().assistant).toMatchObject({
      name: 'Renewals',
      firstMessage: 'Hello Ann Lee, this is Emma of Northwind.',
      model: { provider: 'openai', model: 'gpt-4o-mini', messages: [{ role: 'system' }], tools: [{ type: 'endCall' }, { async: false, function: { name: 'opt_out' } }, { async: false, function: { name: 'schedule_callback' } }] },
      voice: { provider: 'vapi', voiceId: 'Elliot' },
      transcriber: { language: 'en' },
      maxDurationSeconds: 300,
      voicemailMessage: 'Hi Ann Lee, please call back.',
      voicemailDetection: { provider: 'vapi' },
      artifactPlan: { recordingEnabled: true, recordingFormat: 'mp3' },
    })
    expect(request()).not.toHaveProperty('metadata')
    expect(request()).not.toHaveProperty('assistantId')
  })

  it('speaks from its instructions, filled in for the contact, and from what holds in every call', () => {
    const [message] = request().assistant.model.messages
    expect(message.content).toMatch(/^Talk about the Gold plan\.\n\nWhen the person asks in any way not to be called again, use the tool opt_out at once/)
    expect(message.content).toMatch(/Where the person is, it is Tuesday, 7 October 2025, 10:15\.$/)
    expect(request({ local_time: null }).assistant.model.messages[0].content).not.toContain('it is')
  })

  it('opens with who calls and with what has to be said, filled in for the contact, and not twice', () => {
    const disclosures = { caller: 'This is a call from Northwind.', ai: 'I am an AI.', recording: 'This call is recorded.', opt_out: 'Say stop, {name}.' }
    expect(request({ disclosures }).assistant.firstMessage).toBe('Hello Ann Lee, this is Emma of Northwind. I am an AI. This call is recorded. Say stop, Ann Lee.')
    expect(request({ disclosures, ...assistant({ greeting: 'Hello, an AI of Northwind here, this call is recorded, opt out any time.' }) }).assistant.firstMessage)
      .toBe('Hello, an AI of Northwind here, this call is recorded, opt out any time.')
  })

  it('asks afterwards for a summary, a verdict, and the facts that the database heeds', () => {
    const { properties, required } = request().assistant.analysisPlan.structuredDataPlan.schema
    expect(Object.keys(properties)).toEqual(['opt_out', 'disposition', 'callback_at', 'interest'])
    expect(required).toEqual(['opt_out', 'disposition'])
    expect(properties.disposition.enum).toContain('do_not_call')
    for (const plan of ['summaryPlan', 'successEvaluationPlan', 'structuredDataPlan']) expect(request().assistant.analysisPlan[plan]).toMatchObject({ enabled: true })
  })

  it('asks for the events we read, with the secret and with retries', () => {
    expect(request().assistant).toMatchObject({
      serverMessages: ['status-update', 'end-of-call-report', 'transcript', 'tool-calls'],
      server: {
        url: webhook.url,
        headers: { 'x-vapi-secret': 's3cret' },
        timeoutSeconds: 20,
        backoffPlan: { type: 'exponential', maxRetries: 5, baseDelaySeconds: 2, excludedStatusCodes: [400, 401, 403, 404] },
      },
    })
  })

  it('hangs up on a machine when there is nothing to say to it', () => {
    expect(request(assistant({ voicemail_message: '' })).assistant).not.toHaveProperty('voicemailMessage')
  })

  it('records only where the assistant records', () => {
    expect(request({ record_calls: false }).assistant.artifactPlan.recordingEnabled).toBe(false)
  })

  it('cuts names at forty code points, which VAPI insists on', () => {
    const name = request(contact({ name: `${'x'.repeat(39)}👩🏽tail` })).customer.name as string
    expect(Array.from(name)).toHaveLength(40)
    expect(name.endsWith('👩')).toBe(true)
    expect(name.isWellFormed()).toBe(true)
    expect(Array.from(request(assistant({ name: 'y'.repeat(80) })).assistant.name as string)).toHaveLength(40)
  })

  it('leaves the name out when the contact has none', () => {
    expect(request(contact({ name: null })).customer).not.toHaveProperty('name')
    expect(request(contact({ name: null })).assistant.firstMessage).toBe('Hello there, this is Emma of Northwind.')
  })

  it('lets no template of the contact run at the provider', () => {
    const text = JSON.stringify(request(contact({ name: '{{ system }}', attributes: { plan: '{% raw %}' } })).assistant)
    expect(text).not.toMatch(/\{\{|\{%/)
  })
})
