import { describe, expect, it } from 'vitest'
import { securityTxt } from '../../../config/securityTxt.ts'

const now = new Date('2026-11-22T10:00:00.123Z')
const write = (contact: string) => securityTxt({ contact, appUrl: 'https://app.example/somewhere', now })

describe('security.txt', () => {
  it('says whom to tell, until when, and where it stands', () => {
    expect(write('mailto:security@app.example')).toBe(
      'Contact: mailto:security@app.example\nExpires: 2027-05-21T10:00:00Z\nCanonical: https://app.example/.well-known/security.txt\nPreferred-Languages: en\n')
  })

  it('expires within a year, and not before it is written anew', () => {
    const expires = new Date(/^Expires: (.*)$/m.exec(write('https://app.example/security'))![1]!)
    const days = (expires.getTime() - now.getTime()) / 86_400_000
    expect(days).toBeGreaterThan(60)
    expect(days).toBeLessThan(365)
  })

  it.each(['', 'security@app.example', 'http://app.example', 'mailto:nobody', 'mailto:a@b.example\nContact: mailto:c@d.example'])('takes no contact such as %j', (contact) => {
    expect(() => write(contact)).toThrow('OUTDIAL_SECURITY_CONTACT')
  })
})
