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

  it('ends with a phrase only where the order names one', () => {
    const { assistant } = order()
    expect(callRequest(order({ assistant: { ...assistant, end_phrase: 'Goodbye' } }), webhook).assistant).toMatchObject({ endCallPhrases: ['Goodbye'] })
    expect(callRequest(order(), webhook).assistant).not.toHaveProperty('endCallPhrases')
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
    expect(Object.keys(properties)).toEqual(['opt_out', 'disposition', 'callback_at', 'sentiment', 'interest', 'keywords', 'next_action'])
    expect(required).toEqual(['opt_out', 'disposition'])
    expect(properties.disposition.enum).toContain('do_not_call')
    for (const plan of ['summaryPlan', 'successEvaluationPlan', 'structuredDataPlan']) expect(request().assistant.analysisPlan[plan]).toMatchObject({ enabled: true })
  })

  it('asks for what the account wants to know, apart from our own questions', () => {
    const extraction = [
      { name: 'plan', type: 'choice' as const, description: 'Which plan does {name|the person} want?', choices: ['basic', 'gold'] },
      { name: 'opt_out', type: 'yes_no' as const, description: 'Not ours.', choices: [] },
      { name: 'day', type: 'date' as const, description: 'When?', choices: [] },
      { name: 'budget', type: 'number' as const, description: 'How much?', choices: ['left over'] },
    ]
    const { properties, required } = request(assistant({ extraction })).assistant.analysisPlan.structuredDataPlan.schema
    expect(required).toEqual(['opt_out', 'disposition', 'answers'])
    expect(properties.opt_out.description).toContain('not to be called again')
    expect(properties.answers.properties).toEqual({
      plan: { type: 'string', description: 'Which plan does Ann Lee want?', enum: ['basic', 'gold'] },
      opt_out: { type: 'boolean', description: 'Not ours.' },
      day: { type: 'string', format: 'date', description: 'When?' },
      budget: { type: 'number', description: 'How much?' },
    })
  })

  it('offers the account\'s own words by their ids, beside our own questions and without templates', () => {
    expect(request().assistant.analysisPlan.structuredDataPlan.schema.properties).not.toHaveProperty('own_disposition')
    const dispositions = [
      { id: 'd1', name: 'Visit {{booked}}', meaning: 'positive' as const, description: 'A day\nwas agreed {% if %}.' },
      { id: 'd2', name: 'Has a contract', meaning: 'negative' as const, description: '' },
    ]
    const extraction = [{ name: 'own_disposition', type: 'text' as const, description: 'Theirs.', choices: [] }]
    const { properties, required } = request({ dispositions, ...assistant({ extraction }) }).assistant.analysisPlan.structuredDataPlan.schema
    expect(properties.own_disposition).toEqual({ type: 'string', enum: ['d1', 'd2'], description: expect.stringMatching(/\nd1: Visit \(\(booked\)\) \(positive\)\. A day was agreed \(% if %\)\.\nd2: Has a contract \(negative\)$/) })
    expect(required).toEqual(['opt_out', 'disposition', 'answers'])
    expect(properties.answers.properties.own_disposition.description).toBe('Theirs.')
  })

  it('stays within twenty thousand letters for thirty words as long as they may be', () => {
    const dispositions = Array.from({ length: 30 }, (_, n) => ({ id: `01980000-0000-7000-8000-0000000000${n + 10}`, name: 'n'.repeat(60), meaning: 'negative' as const, description: 'd'.repeat(200) }))
    const sizeOf = (changes: Partial<DialOrder>) => JSON.stringify(request(changes)).length
    expect(sizeOf({ dispositions }) - sizeOf({})).toBeLessThan(12_000)
  })

  it('judges the success by the account\'s own words, which bring no template along', () => {
    expect(request().assistant.analysisPlan.successEvaluationPlan).not.toHaveProperty('messages')
    const { rubric, messages } = request(assistant({ success_criterion: 'They said {{yes}}.' })).assistant.analysisPlan.successEvaluationPlan
    expect(rubric).toBe('PassFail')
    expect(messages[0].content).toContain('A call is a success when: They said ((yes)).')
    expect(messages[0].content).toContain('{{rubric}}')
    expect(messages[1].content).toContain('{{transcript}}')
  })

  it('is who the account says it is, before it is told what to do', () => {
    const [message] = request(assistant({ role: 'Host of {company}', tone: 'Warm', persona: 'Never in a hurry' })).assistant.model.messages
    expect(message.content).toMatch(/^Your role: Host of Acme\nHow you talk: Warm\nWho you are: Never in a hurry\n\nTalk about the Gold plan\./)
  })

  it('thinks with the model that was chosen, as freely as was chosen', () => {
    const chosen = { model_provider: 'anthropic', model_ref: 'claude-haiku-4-5-20251001', temperature_percent: 135 }
    expect(request(assistant(chosen)).assistant.model).toMatchObject({ provider: 'anthropic', model: 'claude-haiku-4-5-20251001', temperature: 1.35 })
  })

  it('asks a silent person again and hangs up in the end; where there is nothing to ask it only hangs up', () => {
    const { hooks, model } = request(assistant({ fallback_message: 'Are you there, {name}?', fallback_seconds: 6, silence_seconds: 25 })).assistant
    expect(hooks).toEqual([
      { on: 'customer.speech.timeout', name: 'ask_again', do: [{ type: 'say', exact: 'Are you there, Ann Lee?' }], options: { timeoutSeconds: 6, triggerMaxCount: 2, triggerResetMode: 'onUserSpeech' } },
      { on: 'customer.speech.timeout', name: 'hang_up', do: [{ type: 'tool', tool: { type: 'endCall' } }], options: { timeoutSeconds: 25, triggerMaxCount: 1, triggerResetMode: 'onUserSpeech' } },
    ])
    expect(model.messages[0].content).toContain('When you did not understand what the person said, say: Are you there, Ann Lee?')
    expect(request().assistant.hooks).toMatchObject([{ name: 'hang_up' }])
  })

  it('says goodbye in the account\'s words, and no message longer than the provider takes', () => {
    expect(request().assistant).not.toHaveProperty('endCallMessage')
    const { endCallMessage, voicemailMessage } = request(assistant({ goodbye_message: 'Bye {name}.', voicemail_message: '😀'.repeat(1200) })).assistant
    expect(endCallMessage).toBe('Bye Ann Lee.')
    expect(Array.from(voicemailMessage)).toHaveLength(1000)
  })

  it('says no greeting longer than that either, and what has to be said is not cut off with it', () => {
    const disclosures = { caller: '', ai: '', recording: 'This call is recorded.', opt_out: '' }
    const { firstMessage } = request({ disclosures, ...assistant({ greeting: `${'{name} '.repeat(140)}` }), ...contact({ name: 'A very long name' }) }).assistant
    expect(Array.from(firstMessage as string).length).toBeLessThan(1030)
    expect(firstMessage).toMatch(/This call is recorded\.$/)
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

  it('asks for the plan of calls about health in HIPAA mode alone', () => {
    expect(request({ is_hipaa: true }).assistant.compliancePlan).toEqual({ hipaaEnabled: true })
    expect(request().assistant).not.toHaveProperty('compliancePlan')
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
