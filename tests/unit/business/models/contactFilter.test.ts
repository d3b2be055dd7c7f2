import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callOutcomeSchema } from '../../../../business/models/call.ts'
import { contactSorts, contactStatuses } from '../../../../business/models/contact.ts'
import { addressOf, conditionsIn, criteriaOf, narrowingOf, queryOf, readConditions, type ContactConditions } from '../../../../business/models/contactFilter.ts'

const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const conditions = fc.record<ContactConditions>({
  text: some(fc.string({ minLength: 1, maxLength: 50 }).filter((text) => text.trim() === text && text !== '')),
  statuses: some(fc.subarray([...contactStatuses], { minLength: 1 })),
  tag_ids: some(fc.array(fc.uuid(), { minLength: 1, maxLength: 3 })),
  list_id: some(fc.uuid()),
  campaign_id: some(fc.uuid()),
  outcomes: some(fc.subarray([...callOutcomeSchema.options], { minLength: 1 })),
  added_from: some(day),
  added_until: some(day),
  has_consent: some(fc.boolean()),
  time_zone: some(fc.constantFrom('Europe/Berlin', 'America/New_York')),
  import_id: some(fc.uuid()),
  sort: some(fc.constantFrom(...contactSorts.filter((sort) => sort !== 'newest'))),
})

describe('the filter in the address', () => {
  it('comes back as it went in', () => {
    fc.assert(fc.property(conditions, (given) => {
      const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
      expect(readConditions(queryOf(given))).toEqual(known)
      expect(conditionsIn(addressOf(given))).toEqual(known)
    }))
  })

  it('reads whatever somebody types there without failing', () => {
    const anything = fc.dictionary(fc.constantFrom('q', 'status', 'tag', 'list', 'campaign', 'outcome', 'from', 'to', 'consent', 'zone', 'sort', 'import'), fc.anything())
    fc.assert(fc.property(anything, (query) => {
      expect(readConditions(queryOf(readConditions(query)))).toEqual(readConditions(query))
    }))
  })

  it('leaves out what is no status, no day and no id', () => {
    expect(readConditions({ status: 'new,old', from: '2026-11-31', to: '2026-11-30', list: 'x', tag: '1,2', sort: 'newest', consent: 'maybe' }))
      .toEqual({ statuses: ['new'], added_until: '2026-11-30' })
  })

  it('says nothing about everybody, and keeps no order in an audience', () => {
    expect(addressOf({})).toBe('')
    expect(criteriaOf({ sort: 'name', text: 'Ada', tag_ids: [] })).toEqual({ text: 'Ada' })
  })

  it('says which conditions leave somebody out', () => {
    expect(narrowingOf({ sort: 'name' })).toEqual([])
    expect(narrowingOf({ sort: 'name', text: 'Ada', statuses: [], has_consent: false })).toEqual(['text', 'has_consent'])
  })
})
