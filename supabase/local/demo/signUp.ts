/** The demo's people sign up as everybody does; the link in the mail is followed for them. */
import postgres from 'postgres'
import type { Person } from './makeDemo.ts'
import { PASSWORD } from './data/texts.ts'

interface Options { apiUrl: string, publishableKey: string, adminUrl: string }

/** The same person again is the one who is there already. */
export async function signUpPerson({ apiUrl, publishableKey, adminUrl }: Options, { name, email }: Person): Promise<string> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined })
  const known = () => sql<{ id: string }[]>`update auth.users set email_confirmed_at = coalesce(email_confirmed_at, now()) where email = ${email} returning id`
  try {
    const [found] = await known()
    if (found) return found.id
    const answer = await fetch(`${apiUrl}/auth/v1/signup`, { method: 'POST', headers: { 'content-type': 'application/json', apikey: publishableKey },
      body: JSON.stringify({ email, password: PASSWORD, data: { name } }) })
    const [made] = await known()
    if (!made) throw new Error(`${email} could not sign up: ${answer.status} ${await answer.text()}`)
    return made.id
  } finally {
    await sql.end({ timeout: 1 })
  }
}
