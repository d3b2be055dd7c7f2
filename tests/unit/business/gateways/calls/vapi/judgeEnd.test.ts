import { describe, expect, it } from 'vitest'
import { judgeEnd, type Evidence } from '../../../../../../business/gateways/calls/vapi/judgeEnd.ts'

const silence: Evidence = { talk_seconds: 0, contact_spoke: false, has_conversation_record: true }
const talked: Evidence = { talk_seconds: 42, contact_spoke: true, has_conversation_record: true }

describe('judgeEnd', () => {
  it.each([
    'pipeline-error-eleven-labs-system-busy-and-requested-upgrade',
    'call.in-progress.error-vapifault-worker-died',
    'pipeline-error-openai-401-incorrect-api-key',
    'pipeline-error-openai-llm-failed',
  ])('does not have a person called again who was talked to before %s', (reason) => {
    expect(judgeEnd(reason, talked)).toMatchObject({ outcome: 'answered', failure_scope: null, technical_failure: true, engaged: true })
  })

  it('counts talk time alone as a conversation that broke', () => {
    const evidence = { ...silence, talk_seconds: 3 }
    expect(judgeEnd('pipeline-error-openai-llm-failed', evidence)).toMatchObject({ outcome: 'answered', technical_failure: true, engaged: false })
  })

  it('leaves a fault before anybody spoke a failure of its scope', () => {
    expect(judgeEnd('pipeline-error-openai-401-incorrect-api-key', silence)).toMatchObject({
      outcome: 'failed', failure_scope: 'account', technical_failure: false, engaged: null,
    })
  })

  it('says voicemail however long the machine was talked to, and calls nobody engaged', () => {
    expect(judgeEnd('voicemail', { ...talked, talk_seconds: 90 })).toMatchObject({
      outcome: 'voicemail', technical_failure: false, engaged: null, talk_seconds: 90,
    })
  })

  it('says answered but not engaged when silence ended the call without a word', () => {
    const evidence = { ...silence, talk_seconds: 20, has_conversation_record: false }
    expect(judgeEnd('silence-timed-out', evidence)).toMatchObject({ outcome: 'answered', engaged: false })
  })

  it('cannot tell about engagement without a record of the conversation', () => {
    const evidence = { ...silence, talk_seconds: 20, has_conversation_record: false }
    expect(judgeEnd('customer-ended-call', evidence).engaged).toBeNull()
  })

  it.each(['customer-busy', 'customer-did-not-answer'])('bills nobody for %s', (reason) => {
    expect(judgeEnd(reason, { ...silence, talk_seconds: 25 }).talk_seconds).toBe(0)
  })

  it('asks again about a reason it does not know when nothing was said', () => {
    expect(judgeEnd('something-new', silence)).toMatchObject({ outcome: 'failed', failure_scope: 'call', needs_second_look: true })
    expect(judgeEnd(null, silence).needs_second_look).toBe(true)
  })

  it('takes an unknown reason after a conversation as an answered call', () => {
    expect(judgeEnd('something-new', talked)).toMatchObject({ outcome: 'answered', technical_failure: false, needs_second_look: false })
  })

  it('never turns a wrong number into a conversation', () => {
    expect(judgeEnd('twilio-reported-customer-misdialed', { ...silence, talk_seconds: 2 })).toMatchObject({ outcome: 'failed', failure_scope: 'number' })
  })
})
