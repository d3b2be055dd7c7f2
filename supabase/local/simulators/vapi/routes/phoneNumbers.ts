/** POST /phone-number: numbers of the customer's own, or one of the provider's. */
import type { Exchange } from '../exchange.ts'
import { refusal } from '../refusal.ts'
import { phoneNumber, phoneNumberChanges, type PhoneNumber } from '../saved/things.ts'
import type { Kind } from './savedThings.ts'

const FREE_NUMBERS = 5
const USUAL_AREA_CODE = '415'

export function phoneNumbers({ shelves }: Exchange): Kind<PhoneNumber> {
  const shelf = shelves.phoneNumbers
  const own = () => shelf.list().filter(({ provider }) => provider === 'vapi').length
  return {
    noun: 'phone number', shelf, creation: phoneNumber, changes: phoneNumberChanges,
    complete(line) {
      if ('credentialId' in line && !shelves.credentials.find(line.credentialId as string)) return refusal(400, `Couldn't Find Credential. \`credentialId\` ${String(line.credentialId)} Does Not Exist.`)
      if (line.provider !== 'vapi') return { ...line, status: 'active' }
      if (own() >= FREE_NUMBERS) return refusal(400, `This org has reached its limit of ${FREE_NUMBERS} free numbers.`)
      return { ...line, number: `+1${line.numberDesiredAreaCode ?? USUAL_AREA_CODE}555${String(100 + own()).padStart(4, '0')}`, status: 'active' }
    },
  }
}
