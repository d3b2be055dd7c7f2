import { expect, it } from 'vitest'
import { consentContentOf, consentSchema, emptyConsent, noBasis } from '../../../../business/models/consentForm.ts'

const today = '2026-11-21'
const good = { ...emptyConsent('express', today), purposes: ['reminder' as const, 'sales' as const], channel: 'spoken' }
const complaints = (change: object) => consentSchema.safeParse({ ...good, ...change }).error?.issues.map(({ path, message }) => [path[0], message]) ?? []

it('asks for nothing else when there is nothing to record', () => {
  expect(complaints(emptyConsent(noBasis, today))).toEqual([])
  expect(consentContentOf(emptyConsent(noBasis, today))).toBeNull()
})

it('complains of everything that is missing at once', () => {
  expect(complaints({ ...emptyConsent('express_written', today), given_on: '' }).map(([field]) => field)).toEqual(['purposes', 'channel', 'given_on', 'text_shown'])
})

it.each([
  [{ basis: '' }, [['basis', 'contacts.consent.errors.basis']]],
  [{ given_on: '2026-11-22' }, [['given_on', 'contacts.consent.errors.future']]],
  [{ basis: 'express_written', text_shown: '  ' }, [['text_shown', 'contacts.consent.errors.text']]],
  [{ basis: 'express_written', text_shown: 'I agree.' }, []],
])('judges %j', (change, found) => {
  expect(complaints(change)).toEqual(found)
})

it('leaves the instant of consent given today to the database, and means noon of an earlier day', () => {
  const content = { basis: 'express', purposes: ['sales', 'reminder'], channel: 'spoken', text_shown: 'Yes.', evidence: '' }
  expect(consentContentOf({ ...good, text_shown: ' Yes. ' })).toEqual(content)
  expect(consentContentOf({ ...good, text_shown: 'Yes.', given_on: '2026-10-01' })).toEqual({ ...content, given_at: '2026-10-01T12:00' })
})
