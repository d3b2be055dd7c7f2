import { describe, expect, it } from 'vitest'
import { Vapi } from '@vapi-ai/server-sdk'
import { meaningOfEndedReason } from '../../../../../../business/gateways/calls/vapi/endedReasons.ts'
import { endedReasons, endedReasonSets, legacyReasons } from './endedReasonList.ts'

const rule = (reason: string | null) => meaningOfEndedReason(reason).rule

describe('the list of ended reasons', () => {
  it('has the sizes that the reference counted', () => {
    const sizes = Object.fromEntries(Object.entries(endedReasonSets).map(([name, set]) => [name, set.size]))
    expect(sizes).toEqual({ pipeline: 255, vapifault: 180, providerfault: 85, others: 77 })
    expect(endedReasons).toHaveLength(597)
  })

  it('is the enum of the installed SDK', () => {
    expect(new Set(endedReasons)).toEqual(new Set(Object.values(Vapi.CallEndedReason)))
  })
})

describe('meaningOfEndedReason', () => {
  it('knows every reason of the SDK, in every enum that has them', () => {
    const enums = [Vapi.CallEndedReason, Vapi.ServerMessageEndOfCallReportEndedReason, Vapi.ServerMessageStatusUpdateEndedReason]
    const all = new Set([...enums.flatMap((reasons) => Object.values<string>(reasons)), ...endedReasons, ...legacyReasons])
    expect([...all].filter((reason) => rule(reason) === 'unknown')).toEqual([])
  })

  it('gives a scope to failures and only to failures', () => {
    const meanings = endedReasons.map(meaningOfEndedReason)
    expect(meanings.filter(({ outcome, failure_scope }) => (outcome === 'failed') !== (failure_scope !== null))).toEqual([])
  })

  it('sorts all reasons into the rows in known numbers, so that a changed pattern shows', () => {
    const counts = Object.entries(Object.groupBy(endedReasons, rule)).map(([name, list]) => [name, list!.length])
    expect(Object.fromEntries(counts)).toMatchInlineSnapshot(`
      {
        "account": 282,
        "answered": 23,
        "busy": 1,
        "canceled": 3,
        "capacity": 13,
        "no_answer": 3,
        "not_outbound": 5,
        "permanent": 2,
        "retryable": 24,
        "transient": 240,
        "voicemail": 1,
      }
    `)
  })

  it.each([
    ['customer-busy', 'busy', null],
    ['voicemail', 'voicemail', null],
    ['customer-did-not-answer', 'no_answer', null],
    ['call.in-progress.error-providerfault-outbound-sip-408-request-timeout', 'no_answer', null],
    ['call.in-progress.error-providerfault-outbound-sip-480-temporarily-unavailable', 'no_answer', null],
    ['twilio-reported-customer-misdialed', 'failed', 'number'],
    ['call.start.error-vapi-number-international', 'failed', 'number'],
    ['manually-canceled', 'canceled', null],
    ['scheduled-call-deleted', 'canceled', null],
    ['call.start.error-subscription-concurrency-limit-reached', 'failed', 'capacity'],
    ['call.start.error-vapi-number-outbound-daily-limit', 'failed', 'capacity'],
    ['pipeline-error-eleven-labs-blocked-concurrent-requests-and-requested-upgrade', 'failed', 'capacity'],
    ['call.in-progress.error-providerfault-eleven-labs-system-busy-and-requested-upgrade', 'failed', 'capacity'],
    ['assistant-ended-call', 'answered', null],
    ['customer-ended-call-during-transfer', 'answered', null],
    ['exceeded-max-duration', 'answered', null],
    ['silence-timed-out', 'answered', null],
    ['call.forwarding.operator-busy', 'answered', null],
    ['call.in-progress.error-transfer-failed', 'answered', null],
    ['twilio-failed-to-connect-call', 'failed', 'call'],
    ['call.in-progress.error-providerfault-outbound-sip-503-service-unavailable', 'failed', 'call'],
    ['call.start.error-get-transport', 'failed', 'call'],
    ['call.in-progress.error-vapifault-worker-died', 'failed', 'call'],
    ['customer-did-not-give-microphone-permission', 'failed', 'call'],
    ['call.start.error-subscription-insufficient-credits', 'failed', 'account'],
    ['call.in-progress.error-providerfault-outbound-sip-403-forbidden', 'failed', 'account'],
    ['pipeline-error-openai-401-incorrect-api-key', 'failed', 'account'],
    ['assistant-not-found', 'failed', 'account'],
    ['pipeline-error-openai-llm-failed', 'failed', 'transient'],
    ['call.in-progress.error-providerfault-openai-500-server-error', 'failed', 'transient'],
  ])('reads %s as %s, scope %s', (reason, outcome, failure_scope) => {
    expect(meaningOfEndedReason(reason)).toMatchObject({ outcome, failure_scope })
  })

  it.each([null, '', 'something-new', 'VOICEMAIL', 'customer-busy-tone', '__proto__'])('takes %j as an ordinary failed attempt', (reason) => {
    expect(meaningOfEndedReason(reason)).toEqual({ rule: 'unknown', outcome: 'failed', failure_scope: 'call' })
  })
})
