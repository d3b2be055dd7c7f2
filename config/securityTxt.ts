/** Whom to tell about a hole, as RFC 9116 has it: written beside the app at each publication, so that it never says that it has expired. */
interface Options {
  /** An address (mailto:…) or a page (https://…), from OUTDIAL_SECURITY_CONTACT. */
  contact: string
  appUrl: string
  now: Date
}

/** Less than a year, as the RFC recommends. Each deployment writes it anew: there is one at least twice a year. */
const daysValid = 180

export function securityTxt({ contact, appUrl, now }: Options): string {
  if (!/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(contact)) throw new Error('OUTDIAL_SECURITY_CONTACT is mailto:… or https://…')
  const expires = new Date(now.getTime() + daysValid * 86_400_000)
  return [
    `Contact: ${contact}`,
    `Expires: ${expires.toISOString().replace(/\.\d{3}Z$/, 'Z')}`,
    `Canonical: ${new URL('/.well-known/security.txt', appUrl).href}`,
    'Preferred-Languages: en',
    '',
  ].join('\n')
}
