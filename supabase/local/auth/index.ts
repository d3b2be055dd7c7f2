/** The auth service in front of the local one: what that cannot do, or does otherwise than hosted Auth, is done here. */
import { withClaims } from './claims.ts'
import { confirmEmailChange } from './emailChange.ts'
import { withEqualWork } from './equalWork.ts'
import { answerFactors } from './factors.ts'
import type { Answer, AuthParts } from './parts.ts'
import { sendSignInLink } from './signInLink.ts'
import { changeUser } from './userChange.ts'

export async function answerAuth(request: Request, answer: Answer, parts: AuthParts): Promise<Response> {
  const url = new URL(request.url)
  if (!url.pathname.startsWith('/auth/v1/')) return answer(request)
  const asked = request.clone()
  return withClaims(request, await withEqualWork(asked, () => partFor(request, url)(request, answer, parts), parts), parts)
}

function partFor({ method }: Request, { pathname, searchParams }: URL): (request: Request, answer: Answer, parts: AuthParts) => Promise<Response> {
  const route = `${method} ${pathname.replace('/auth/v1', '')}`
  if (/^[A-Z]+ \/factors(\/|$)/.test(route)) return answerFactors
  if (route === 'PUT /user') return changeUser
  if (route === 'POST /otp') return sendSignInLink
  if (route === 'GET /verify' && searchParams.get('type') === 'email_change') return confirmEmailChange
  return (request, answer) => answer(request)
}
