import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/**
 * As the number's own country groups it: +1 202 555 0107, +49 30 901820. What is no number (one masked for people who may
 * not see it) stays as it is. A file of its own, because its tables must not come with the shell that uses format.ts.
 */
export function formatPhone(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
}
