import { describe, expect, it } from 'vitest'
import { changesOf, deviceOf, placeOfSubject, queryOfActivity, readActivityConditions } from '../../../../business/models/activity.ts'

describe('the address of the log', () => {
  it('says what it was told', () => {
    const conditions = { text: '203.0.113.9', actor_id: '0b5a1ed8-6a3f-4d21-9f47-3f1f4c7c4d11', actor_kind: 'person', subject_types: ['member', 'campaign'], from_day: '2026-01-31', until_day: '2026-02-01' } as const
    expect(readActivityConditions(queryOfActivity({ ...conditions, subject_types: [...conditions.subject_types] }))).toEqual(conditions)
  })

  it('is as if it were not there where it is wrong', () => {
    expect(readActivityConditions({ by: '1; drop table', who: 'god', about: 'x,member', from: '2026-02-30', to: ['2026-01-01'], q: ' ' })).toEqual({ subject_types: ['member'] })
  })
})

describe('the changes of a line', () => {
  it('are those that the database noted, beside what the command wrote', () => {
    expect(changesOf({ changes: { role: { before: 'viewer', after: 'agent' }, name: {} }, details: { before: 'viewer', after: 'agent', fields: ['prompt'], daily_cap: { before: null, after: 5 }, count: 2 } }))
      .toEqual([{ field: 'daily_cap', before: null, after: 5 }, { field: 'name' }, { field: 'prompt' }, { field: 'role', before: 'viewer', after: 'agent' }])
  })
})

describe('the place of a subject', () => {
  const line = { subject_type: 'campaign', subject_id: '1', subject_name: 'Spring', verb: 'campaign.paused' }
  it.each([
    [line, '/campaigns/1'],
    [{ ...line, subject_name: null }, null],
    [{ ...line, subject_type: 'call', subject_name: null }, '/calls/1'],
    [{ ...line, subject_type: 'settings' }, null],
    [{ ...line, subject_type: 'account', subject_name: null, verb: 'ledger.purchase' }, '/billing/ledger'],
  ])('%o is %s', (given, place) => {
    expect(placeOfSubject(given)).toBe(place)
  })
})

describe('a device', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox', 'Linux'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0', 'Edge', 'Windows'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Mobile Safari/604.1', 'Safari', 'iOS'],
    ['my-script/1.0', 'my-script/1.0', null],
  ])('%s', (userAgent, browser, system) => {
    expect(deviceOf(userAgent)).toEqual({ browser, system })
  })
})
