import { describe, expect, it } from 'vitest'
import { citationLink, rulesInForce, type Rule, type RulePack } from '../../../../business/models/accountRules.ts'
import { accountRulesFormOf, accountRulesOf, accountRulesSchema } from '../../../../business/models/accountRulesForm.ts'

const rule = (more: Partial<Rule> = {}): Rule => ({
  id: 'r', kind: 'hours', value: {}, citation: 'A law', effective_from: '2020-01-01', effective_until: null, is_verified: true, is_on: true, hours: [], ...more,
})
const pack = (rules: Rule[], more: Partial<RulePack> = {}): RulePack => ({ id: 'p', name: 'P', regions: ['US'], is_on: true, rules, ...more })

describe('rules in force', () => {
  it.each([
    ['one that holds', {}, 1],
    ['one that begins today', { effective_from: '2026-06-01' }, 1],
    ['one that begins tomorrow', { effective_from: '2026-06-02' }, 0],
    ['one whose first day without it is today', { effective_until: '2026-06-01' }, 0],
    ['one that nobody verified', { is_verified: false }, 0],
    ['one that is off', { is_on: false }, 0],
  ] as const)('%s', (_which, more, count) => {
    expect(rulesInForce([pack([rule(more)])], '2026-06-01')).toHaveLength(count)
  })

  it('are none of a pack that is off', () => {
    expect(rulesInForce([pack([rule()], { is_on: false })], '2026-06-01')).toEqual([])
  })
})

describe('a citation', () => {
  it('of federal regulations leads to the first section it names, another law nowhere', () => {
    expect(citationLink('47 CFR 64.1200(c)(1), 16 CFR 310.4(c)')).toBe('https://www.ecfr.gov/current/title-47/section-64.1200')
    expect(citationLink('FCC 24-17, 47 CFR 64.1200(a)(1)-(3)')).toBe('https://www.ecfr.gov/current/title-47/section-64.1200')
    expect(citationLink('PECR reg. 19')).toBeNull()
  })
})

describe('calling rules as a form', () => {
  const content = {
    daily_cap: null, frequency_cap: 3, frequency_hours: 24, minimum_gap_seconds: 600, observes_holidays: true,
    windows: [1, 2].map((weekday) => ({ weekday, opens_at: '09:00', closes_at: '24:00' })), blackout_dates: [{ day: '2026-12-24', name: 'Eve' }],
  }
  it('come back as they were', () => {
    expect(accountRulesOf(accountRulesSchema.parse(accountRulesFormOf(content)))).toEqual(content)
  })

  it.each([
    ['frequency_cap', { frequency_cap: 101 }], ['frequency_hours', { frequency_hours: 0 }], ['gap_minutes', { gap_minutes: 1.5 }], ['daily_cap', { daily_cap: 0 }],
    ['blackout_dates.1.day', { blackout_dates: [{ day: '2026-12-24', name: '' }, { day: '2026-12-24', name: '' }] }],
    ['windows.1.opens_at', { windows: [{ days: [1], opens_at: '09:00', closes_at: '17:00' }, { days: [1], opens_at: '16:00', closes_at: '18:00' }] }],
    ['windows.0.days', { windows: [{ days: [], opens_at: '09:00', closes_at: '17:00' }] }],
  ])('complain about %s', (path, wrong) => {
    const { error } = accountRulesSchema.safeParse({ ...accountRulesFormOf(content), ...wrong })
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
  })
})
