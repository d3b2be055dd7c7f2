import { describe, expect, it } from 'vitest'
import { lengthOf } from '../../../../business/models/ledger.ts'
import { mondayOf, queryOfRange, rangeNames, rangeOf, readRange, type RangeName } from '../../../../business/models/reportRange.ts'

const days = (from_day: string, to_day: string) => ({ from_day, to_day })
const of = (name: RangeName, today: string) => rangeOf({ name }, today)

describe('the range of a report', () => {
  it.each([
    ['today', '2026-11-22', days('2026-11-22', '2026-11-22'), days('2026-11-21', '2026-11-21')],
    ['7', '2026-11-22', days('2026-11-16', '2026-11-22'), days('2026-11-09', '2026-11-15')],
    ['7', '2027-01-03', days('2026-12-28', '2027-01-03'), days('2026-12-21', '2026-12-27')],
    ['week', '2026-11-22', days('2026-11-16', '2026-11-22'), days('2026-11-09', '2026-11-15')],
    ['week', '2026-11-16', days('2026-11-16', '2026-11-16'), days('2026-11-09', '2026-11-09')],
    ['week', '2027-01-01', days('2026-12-28', '2027-01-01'), days('2026-12-21', '2026-12-25')],
    ['month', '2026-11-22', days('2026-11-01', '2026-11-22'), days('2026-10-01', '2026-10-22')],
    ['month', '2027-01-31', days('2027-01-01', '2027-01-31'), days('2026-12-01', '2026-12-31')],
    ['month', '2027-02-28', days('2027-02-01', '2027-02-28'), days('2027-01-01', '2027-01-28')],
    ['month', '2027-03-30', days('2027-03-01', '2027-03-30'), days('2027-01-30', '2027-02-28')],
    ['month', '2028-02-29', days('2028-02-01', '2028-02-29'), days('2028-01-01', '2028-01-29')],
    ['month', '2028-03-29', days('2028-03-01', '2028-03-29'), days('2028-02-01', '2028-02-29')],
    ['month', '2028-03-30', days('2028-03-01', '2028-03-30'), days('2028-01-31', '2028-02-29')],
    ['week', '2027-03-14', days('2027-03-08', '2027-03-14'), days('2027-03-01', '2027-03-07')],
  ] as const)('%s on %s has its days, and as many before', (name, today, wanted, before) => {
    expect(of(name, today)).toEqual({ name, days: wanted, before })
  })

  it('is compared with as many days that end before it, on every day of four years', () => {
    for (let time = Date.UTC(2026, 0, 1); time < Date.UTC(2030, 0, 1); time += 86_400_000) {
      const today = new Date(time).toISOString().slice(0, 10)
      for (const name of ['today', '7', 'week', 'month'] as const) {
        const { days: chosen, before } = of(name, today)
        expect([lengthOf(before!), before!.to_day < chosen!.from_day, chosen!.to_day], `${name} ${today}`).toEqual([lengthOf(chosen!), true, today])
      }
    }
  })

  it('has no days, and nothing before them, where it is all there is', () => {
    expect(of('total', '2026-11-22')).toEqual({ name: 'total', days: null, before: null })
  })

  it('of days of one\'s own has the days just before them', () => {
    expect(rangeOf({ name: 'custom', days: days('2028-02-28', '2028-03-01') }, '2028-06-01').before).toEqual(days('2028-02-25', '2028-02-27'))
  })

  it('begins a week on Monday', () => {
    expect(['2026-11-16', '2026-11-18', '2026-11-22', '2026-11-23'].map(mondayOf)).toEqual(['2026-11-16', '2026-11-16', '2026-11-16', '2026-11-23'])
  })
})

describe('the address of a report', () => {
  it('says what was chosen, and nothing of the usual', () => {
    for (const name of rangeNames) {
      const choice = name === 'custom' ? { name, days: days('2026-01-01', '2026-01-31') } : { name }
      expect(readRange(queryOfRange(choice)), name).toEqual(choice)
    }
    expect(Object.values(queryOfRange({ name: '7' }))).toEqual([undefined, undefined, undefined])
  })

  it.each([
    {}, { range: 'odd' }, { range: 'custom' }, { range: 'custom', from: '2026-02-31', to: '2026-03-01' }, { range: 'custom', from: '2026-03-02', to: '2026-03-01' },
    { range: 'custom', from: '2000-01-01', to: '2999-01-01' }, { range: ['today'] },
  ])('that says nothing that is, %j, means the usual days', (query) => {
    expect(readRange(query)).toEqual({ name: '7' })
  })
})
