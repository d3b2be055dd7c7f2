import { readFileSync } from 'node:fs'
import { createI18n } from 'vue-i18n'
import { describe, expect, it } from 'vitest'
import { denialReasons, type AllowedDial, type DeniedDial, type DialProof } from '../../../../../business/models/dialProof.ts'
import { proofPdf } from '../../../../../business/services/contacts/proofPdf.ts'
import { proofReport, type ProofWords } from '../../../../../business/services/contacts/proofReport.ts'
import { pagesOf } from '../../../../support/pdfText.ts'

const { t, te } = createI18n({ legacy: false, locale: 'en', messages: { en: { proof: JSON.parse(readFileSync('app/locales/en/proof.json', 'utf8')) as Record<string, string> } } }).global
const words: ProofWords = {
  say: (key, facts = {}) => {
    if (!te(`proof.${key}`)) throw new Error(`The catalogue has no proof.${key}.`)
    return t(`proof.${key}`, facts)
  },
  momentOf: (iso) => `<${iso}>`,
  localOf: (local) => local,
  clockOf: (time) => time,
  dayOf: (day) => day,
  regionOf: (code) => code,
  phoneOf: (phone) => phone,
}

const allowed: AllowedDial = {
  decision: 'allowed', at: '2026-11-23T19:05:00Z', campaign_id: 'k', campaign_name: 'Spring', local_time: '2026-11-23T14:05:00', rule_version: 3, region: 'US-FL',
  facts: { time_zone: 'America/New_York', purpose: 'sales', needed_consent: 'express_written', calls_in_period: 1, max_calls: 3, per_hours: 24, minimum_gap_seconds: 3600,
    open_until: '2026-11-24T01:00:00Z' },
  list: { is_listed: false }, call_id: 'c', outcome: 'answered', is_counted: true,
  consent: { id: 'n', basis: 'express_written', purposes: ['sales'], channel: 'web_form', text_shown: 'Call me', evidence: 'form 7', given_at: '2026-01-01T00:00:00Z',
    created_at: '2026-01-02T00:00:00Z', revoked_at: '2026-12-01T00:00:00Z', revoke_reason: 'Changed their mind' },
}
const denied: DeniedDial = {
  decision: 'denied', at: '2026-11-24T19:05:00Z', campaign_id: 'k', campaign_name: 'Spring', local_time: '2026-11-24T14:05:00', rule_version: 3, region: 'US-FL',
  facts: { purpose: 'sales', needed_consent: 'express_written', calls_in_period: 3, max_calls: 3, per_hours: 24, cap_frees_at: '2026-11-25T00:00:00Z' },
  list: { is_listed: true, source: 'tool_call', since: '2026-11-24T00:00:00Z' }, enrolment_id: 'e', reason: 'do_not_call',
}
const proof: DialProof = {
  phone: '+12025550101', from_at: '2026-11-01', to_at: '2026-12-01', is_complete: true, decisions: [allowed, denied],
  rules: [{ version: 3, region: 'US-FL', rules: [
    { id: 'h', pack: 'Florida', kind: 'hours', value: {}, citation: 'Fla. Stat. 501.616(6)', effective_from: '2021-07-01', effective_until: null, hours: [{ weekday: 1, opens_at: '08:00', closes_at: '20:00' }] },
    { id: 'f', pack: 'Florida', kind: 'frequency', value: { max_calls: 3, per_hours: 24 }, citation: 'Fla. Stat. 501.616(6)', effective_from: '2021-07-01', effective_until: null, hours: [] },
    { id: 'c', pack: 'Federal', kind: 'consent', value: { sales: 'express_written' }, citation: 'FCC 24-17', effective_from: '2024-02-08', effective_until: '2027-01-01', hours: [] },
    { id: 'i', pack: 'Federal', kind: 'identification', value: {}, citation: '47 CFR 64.1200(b)', effective_from: '1992-12-20', effective_until: null, hours: [] },
  ] }],
  list_history: [{ change: 'added', source: 'tool_call', reason: 'Stop calling', created_at: '2026-11-24T00:00:00Z' }],
}
const lineOf = (decision: DialProof['decisions'][number], label: string) =>
  proofReport({ ...proof, decisions: [decision] }, words).entries[0]?.lines.find((line) => line.label === label)?.text ?? ''

describe('proofReport', () => {
  it('tells each decision in its order, with what came of it', () => {
    const { entries, summary } = proofReport(proof, words)
    expect(entries.map(({ title, moment, call_id }) => [title, moment, call_id])).toEqual([
      ['Called: answered', '<2026-11-23T19:05:00Z>', 'c'], ['Not called: on the do-not-call list', '<2026-11-24T19:05:00Z>', null]])
    expect(summary).toEqual(['Called: 1. Not called although it was its turn: 1.', 'The number stands on the do-not-call list since <2026-11-24T00:00:00Z>.'])
  })

  it('says what the clocks there showed and until when calling was allowed', () => {
    expect(lineOf(allowed, 'Time there')).toBe('2026-11-23T14:05:00 (America/New_York); calling was allowed until <2026-11-24T01:00:00Z>')
    expect(lineOf({ ...allowed, local_time: null, facts: null }, 'Time there')).toBe('Not recorded')
  })

  it('says how the number stood on the list at that instant', () => {
    expect(lineOf(denied, 'Do-not-call list')).toBe('On the list since <2026-11-24T00:00:00Z>: asked during a call')
    expect(lineOf(allowed, 'Do-not-call list')).toBe('Not on the list')
    expect(lineOf({ ...allowed, list: { is_listed: false, since: '2026-11-01' } }, 'Do-not-call list')).toBe('Not on the list; taken off it <2026-11-01>')
  })

  it('shows the record of consent with its words, proof and later end', () => {
    const text = lineOf(allowed, 'Consent')
    for (const part of ['A sales call needs written consent there.', 'on a web form', 'given <2026-01-01T00:00:00Z>', '“Call me”', 'form 7', 'Changed their mind']) expect(text).toContain(part)
  })

  it('tells an override, a lack and the absence of a need apart', () => {
    expect(lineOf(denied, 'Consent')).toBe('A sales call needs written consent there. None was recorded.')
    expect(lineOf({ ...denied, facts: { ...denied.facts, consent_override: 'Kept elsewhere' } }, 'Consent')).toContain('An admin allowed the campaign to call without: “Kept elsewhere”.')
    expect(lineOf({ ...denied, facts: { purpose: 'service' } }, 'Consent')).toBe('A service call needs no consent there.')
    expect(lineOf({ ...denied, facts: null }, 'Consent')).toContain('Not asked')
  })

  it('counts the calls before, and says when another was allowed', () => {
    expect(lineOf(allowed, 'Calls before')).toBe('1 of at most 3 in 24 hours. At least 60 min between two calls.')
    expect(lineOf(denied, 'Calls before')).toBe('3 of at most 3 in 24 hours. Another one was allowed from <2026-11-25T00:00:00Z>.')
  })

  it('cites the rules that stood then, each once, and only those that decide about a dial', () => {
    expect(lineOf(allowed, 'Rules')).toBe('Version 3, US-FL: Fla. Stat. 501.616(6); FCC 24-17')
    expect(lineOf({ ...allowed, rule_version: 4 }, 'Rules')).toBe('Version 4, US-FL: no rule of the law')
    const rules = proofReport(proof, words).ruleSets[0]?.rules
    expect(rules?.map(({ text }) => text)).toEqual(['Mon 08:00–20:00', 'At most 3 calls to a number in 24 hours', 'sales: written', 'The call says on whose behalf it is made'])
    expect(rules?.[2]?.citation).toBe('FCC 24-17, in force from 2024-02-08 until 2027-01-01')
  })

  it.each(denialReasons)('has words for the reason %s', (reason) => {
    expect(proofReport({ ...proof, decisions: [{ ...denied, reason }] }, words).entries[0]?.title).toMatch(/^Not called: /)
  })

  it('says when it is not all, and when nothing rang', () => {
    const { entries, summary } = proofReport({ ...proof, is_complete: false, list_history: [], decisions: [{ ...allowed, is_counted: false }] }, words)
    expect(summary.join(' ')).toContain('more than 1,000 decisions')
    expect(entries[0]?.title).toBe('Dialled, but nothing rang')
  })
})

describe('proofPdf', () => {
  const about = { phone: '+12025550101', contact: 'Grace Hopper', account: 'Analytical Engines', from: 'Nov 1', until: 'Nov 30', time_zone: 'UTC', made_at: '2026-12-01T10:00:00Z' }

  it('holds what the page shows, and numbers its pages', async () => {
    const decisions = Array.from({ length: 30 }, (_, index) => ({ ...allowed, call_id: `c${index}` }))
    const report = proofReport({ ...proof, decisions: [...decisions, denied] }, words)
    const pages = await pagesOf(await proofPdf(report, about, words))
    const all = pages.join(' ')
    for (const part of ['Grace Hopper', 'Analytical Engines', 'Nov 1 to Nov 30 (UTC)', '31. Not called: on the do-not-call list', 'Stop calling', 'FCC 24-17']) expect(all).toContain(part)
    expect(pages.length).toBeGreaterThan(3)
    pages.forEach((page, index) => expect(page).toContain(`Page ${index + 1} of ${pages.length}`))
  })

  it('says that nothing happened', async () => {
    const [page] = await pagesOf(await proofPdf(proofReport({ ...proof, decisions: [], rules: [], list_history: [] }, words), about, words))
    expect(page).toContain('No call was made to this number and none was refused in this period.')
  })
})
