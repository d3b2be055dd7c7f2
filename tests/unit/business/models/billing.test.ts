import { describe, expect, it } from 'vitest'
import { cardName, packPrice, type Pack } from '../../../../business/models/billing.ts'
import { autoTopUpOf, autoTopUpSchema, billingDetailsSchema, detailsFormOf, detailsOf, dollarsOf, ownAmount } from '../../../../business/models/billingForm.ts'

const pack = (minutes: number, price_cents: number, bonus_percent = 0): Pack =>
  ({ id: `minutes_${minutes}`, name: '', description: '', seconds: minutes * 60, price_cents, currency: 'usd', bonus_percent, position: 0 })
const packs = [pack(50, 3000), pack(100, 5000), pack(200, 8000), pack(500, 20_000, 10)]
const limits = { min_cents: 1000, max_cents: 500_000 }

describe('packPrice', () => {
  it('tells what a minute costs and how much less that is than the dearest', () => {
    expect(packs.map((each) => Math.round(packPrice(each, packs).cents_per_minute))).toEqual([60, 50, 40, 36])
    expect(packs.map((each) => Math.round(packPrice(each, packs).saving * 100))).toEqual([0, 17, 33, 39])
  })

  it('counts free minutes on top', () => {
    expect(packPrice(packs[3]!, packs).bonus_seconds).toBe(3000)
  })
})

it.each([[10, 1000], [5000, 500_000], [9, null], [5001, null], [10.5, null], [Number.NaN, null], [null, null]])('reads %s dollars as %s cents', (amount, cents) => {
  expect(dollarsOf(amount, limits)).toBe(cents)
})

it('names a card as people do', () => {
  expect(cardName({ brand: 'american_express', last4: '0005' })).toBe('American Express •••• 0005')
})

describe('the form of the automatic top-up', () => {
  const form = { is_on: true, threshold_minutes: 30, what: 'minutes_100', amount_dollars: null, limit_dollars: 200 }
  const complaints = (changes: object) => autoTopUpSchema(packs, limits).safeParse({ ...form, ...changes }).error?.issues.map(({ path }) => path[0]) ?? []

  it('refuses a limit below the price of one purchase', () => {
    expect(complaints({})).toEqual([])
    expect(complaints({ limit_dollars: 49 })).toEqual(['limit_dollars'])
  })

  it('refuses an amount that cannot be bought, but only where an amount is chosen', () => {
    expect(complaints({ amount_dollars: 3 })).toEqual([])
    expect(complaints({ what: ownAmount, amount_dollars: 3 })).toEqual(['amount_dollars'])
    expect(complaints({ what: ownAmount, amount_dollars: null })).toEqual(['amount_dollars'])
  })

  it('sends either a pack or an amount', () => {
    expect(autoTopUpOf(form)).toEqual({ is_on: true, threshold_seconds: 1800, pack_id: 'minutes_100', amount_cents: null, monthly_limit_cents: 20_000 })
    expect(autoTopUpOf({ ...form, what: ownAmount, amount_dollars: 75 })).toMatchObject({ pack_id: null, amount_cents: 7500 })
  })
})

describe('the form of the billing details', () => {
  it('sends what nobody wrote as nothing, and levels in seconds, the highest first and each once', () => {
    const values = billingDetailsSchema.parse({ ...detailsFormOf(null), company_name: ' Acme ', levels: '10, 30,10' })
    expect(detailsOf(values, 'usd')).toMatchObject({ company_name: 'Acme', email: null, country: null, currency: 'usd', low_balance_levels: [1800, 600] })
  })

  it.each([['', true], ['30', true], ['30,10', true], ['1,2,3,4,5,6', false], ['many', false], ['-5', false]])('takes levels "%s": %s', (levels, isRight) => {
    expect(billingDetailsSchema.safeParse({ ...detailsFormOf(null), levels }).success).toBe(isRight)
  })
})
