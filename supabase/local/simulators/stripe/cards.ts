/**
 * The test cards of the provider, and two bank accounts: the number decides what happens. Everything else about a card is
 * made up from its number.
 */
import type { PaymentError } from './things.ts'

/** In which moment a method is asked for money, or for permission to ask later. */
export interface Moment { isOffSession: boolean, isAuthenticated: boolean, isSetup: boolean, isSetUp: boolean }

export type Verdict = { kind: 'pays' } | { kind: 'challenge' } | { kind: 'later', ends: 'succeeded' | 'failed' } | { kind: 'declined', error: PaymentError }

export interface TestMethod {
  number: string
  type: 'card' | 'us_bank_account'
  brand: string
  /** What happens, in a few words for a person. */
  title: string
  judge: (moment: Moment) => Verdict
  /** What follows a payment by itself. */
  then?: 'dispute' | 'inquiry' | 'refunds_fail' | 'refunds_wait'
}

const PAYS: Verdict = { kind: 'pays' }
export const CHALLENGE: Verdict = { kind: 'challenge' }

function declined(code: string, message: string, declineCode: string = code): Verdict & { kind: 'declined' } {
  return { kind: 'declined', error: { type: 'card_error', code, decline_code: declineCode, message } }
}

export const DECLINED = declined('card_declined', 'Your card was declined.', 'generic_decline')
export const NO_FUNDS = declined('card_declined', 'Your card has insufficient funds.', 'insufficient_funds')
export const EXPIRED = declined('expired_card', 'Your card has expired.')
export const NEEDS_OWNER = declined('authentication_required', 'Your card was declined. This transaction requires authentication.')
export const NOT_AUTHENTICATED = declined('payment_intent_authentication_failure', 'We are unable to authenticate your payment method. Please choose a different payment method and try again.', 'authentication_failed')
const INVALID_NUMBER = declined('incorrect_number', 'Your card number is incorrect.')
const REAL_CARD = declined('card_declined', 'Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.', 'test_mode_live_card')

const always = (verdict: Verdict) => () => verdict

/** A bank wants to see the owner; without one there is nobody to show. */
function asking(afterwards: Verdict, isContentOnceSetUp: boolean): TestMethod['judge'] {
  return ({ isOffSession, isAuthenticated, isSetup, isSetUp }) => {
    if (isOffSession) return isContentOnceSetUp && isSetUp ? afterwards : NEEDS_OWNER
    if (!isAuthenticated) return CHALLENGE
    return isSetup ? PAYS : afterwards
  }
}

const card = (number: string, title: string, judge: TestMethod['judge'], more: Partial<TestMethod> = {}): TestMethod => ({ number, type: 'card', brand: 'visa', title, judge, ...more })
const account = (number: string, title: string, ends: 'succeeded' | 'failed'): TestMethod =>
  ({ number, type: 'us_bank_account', brand: 'STRIPE TEST BANK', title, judge: ({ isSetup }) => isSetup ? PAYS : { kind: 'later', ends } })

export const TEST_METHODS: TestMethod[] = [
  card('4242424242424242', 'Pays', always(PAYS)),
  card('5555555555554444', 'Pays, Mastercard', always(PAYS), { brand: 'mastercard' }),
  card('4000000000000002', 'Is declined', always(DECLINED)),
  card('4000000000009995', 'Has insufficient funds', always(NO_FUNDS)),
  card('4000000000000069', 'Has expired', always(EXPIRED)),
  card('4000000000000127', 'Has the wrong security code', always(declined('incorrect_cvc', 'Your card\'s security code is incorrect.'))),
  card('4000000000000119', 'Cannot be processed just now', always(declined('processing_error', 'An error occurred while processing your card. Try again in a little bit.'))),
  card('4000002760003184', 'Asks its owner every time (3-D Secure)', asking(PAYS, false)),
  card('4000002500003155', 'Asks its owner, until it is saved (3-D Secure)', asking(PAYS, true)),
  card('4000008260003178', 'Asks its owner, then has insufficient funds', asking(NO_FUNDS, true)),
  card('4000000000000341', 'Can be saved, every payment is declined', ({ isSetup }) => isSetup ? PAYS : DECLINED),
  card('4000000000000259', 'Pays, then the owner disputes it', always(PAYS), { then: 'dispute' }),
  card('4000000000001976', 'Pays, then the bank inquires', always(PAYS), { then: 'inquiry' }),
  card('4000000000005126', 'Pays, a refund fails later', always(PAYS), { then: 'refunds_fail' }),
  card('4000000000007726', 'Pays, a refund takes its time', always(PAYS), { then: 'refunds_wait' }),
  account('000123456789', 'Bank debit, paid some days later', 'succeeded'),
  account('000111111116', 'Bank debit, fails some days later', 'failed'),
]

export function methodOf(number: string): TestMethod {
  return TEST_METHODS.find((one) => one.number === number) ?? card(number, 'Is unknown here', always(isPlausible(number) ? REAL_CARD : INVALID_NUMBER))
}

/** Luhn's sum, by which a typing error shows. */
function isPlausible(number: string): boolean {
  const digits = [...number].reverse().map(Number)
  const sum = digits.reduce((total, digit, place) => total + (place % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0)
  return /^\d{12,19}$/.test(number) && sum % 10 === 0
}
