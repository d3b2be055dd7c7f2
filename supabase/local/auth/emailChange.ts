/** The two links of a changed address: the first that is opened is noted, the second changes it. The local service knows one of them. */
import type { Answer, AuthParts } from './parts.ts'

const NOTED = 'Confirmation link accepted. Please proceed to confirm link sent to the other email'

export async function confirmEmailChange(request: Request, answer: Answer, { sql, siteUrl }: AuthParts): Promise<Response> {
  const query = new URL(request.url).searchParams
  const token = query.get('token') ?? ''
  const [person] = await sql`select id, email_change_token_new = ${token} as is_new, coalesce(email_change_token_current, '') <> '' as waits_for_present,
      coalesce(email_change_token_new, '') <> '' as waits_for_new
    from auth.users where length(${token}) > 6 and ${token} in (email_change_token_current, email_change_token_new)`
  if (!person) return answer(request)
  if (person.waits_for_present && person.waits_for_new) {
    await (person.is_new
      ? sql`update auth.users set email_change_token_new = null where id = ${person.id as string}`
      : sql`update auth.users set email_change_token_current = null where id = ${person.id as string}`)
    return new Response(null, { status: 303, headers: { location: `${placeOf(query.get('redirect_to'), siteUrl)}#${new URLSearchParams({ message: NOTED }).toString()}` } })
  }
  // The local service completes a change by the present address' token alone.
  if (person.is_new) await sql`update auth.users set email_change_token_current = email_change_token_new, email_change_token_new = null where id = ${person.id as string}`
  return answer(request)
}

const placeOf = (wanted: string | null, siteUrl: string) => (wanted?.startsWith(`${siteUrl}/`) ? wanted : siteUrl)
