/** Second factors by the wire format of hosted Auth: set up, challenged, shown, given up. One kind, codes of an app (TOTP). */
import { randomUUID } from 'node:crypto'
import { renderSVG } from 'uqr'
import { noteMethod } from './claims.ts'
import { bodyOf, callerOf, hasVerifiedFactor, refusal, type Answer, type AuthParts, type Caller } from './parts.ts'
import { isTotp, newSecret, totpAddress } from './totp.ts'

const MOST_FACTORS = 10
const CHALLENGE_SECONDS = 300

interface Asked { caller: Caller, body: Record<string, unknown>, factorId: string, answer: Answer, request: Request, parts: AuthParts }
interface Factor { id: string, friendly_name: string, status: 'verified' | 'unverified', secret: string }

type Act = (asked: Asked) => Promise<Response>
const ofAll: Record<string, Act | undefined> = { 'POST ': enrol }
const ofOne: Record<string, Act | undefined> = { 'POST challenge': challenge, 'POST verify': verify, 'DELETE ': unenrol }

export async function answerFactors(request: Request, answer: Answer, parts: AuthParts): Promise<Response> {
  const [path, factorId = '', verb = ''] = /^\/auth\/v1\/factors(?:\/([0-9a-f-]{36}))?(?:\/(challenge|verify))?$/.exec(new URL(request.url).pathname) ?? []
  const act = (factorId ? ofOne : ofAll)[`${request.method} ${verb}`]
  if (!path || !act) return new Response('404 page not found', { status: 404 })
  const caller = await callerOf(request, answer, parts)
  if (caller instanceof Response) return caller
  return act({ caller, body: await bodyOf(request), factorId, answer, request, parts })
}

async function enrol({ caller, body, parts }: Asked): Promise<Response> {
  const { sql, siteUrl } = parts
  if (body.factor_type === 'phone') return refusal(422, 'mfa_phone_enroll_not_enabled', 'MFA enroll is disabled for Phone')
  if (body.factor_type === 'webauthn') return refusal(422, 'mfa_webauthn_enroll_not_enabled', 'MFA enroll is disabled for WebAuthn')
  if (body.factor_type !== 'totp') return refusal(400, 'validation_failed', 'factor_type needs to be totp, phone, or webauthn')
  const name = typeof body.friendly_name === 'string' ? body.friendly_name : ''
  await sql`delete from auth.mfa_factors where status = 'unverified' and created_at < now() - make_interval(secs => ${CHALLENGE_SECONDS})`
  const factors = await sql<Factor[]>`select * from auth.mfa_factors where user_id = ${caller.userId}`
  if (factors.some(({ friendly_name }) => friendly_name === name)) return refusal(422, 'mfa_factor_name_conflict', `A factor with the friendly name "${name}" for this user already exists`)
  if (factors.length >= MOST_FACTORS) return refusal(422, 'too_many_enrolled_mfa_factors', 'Maximum number of verified factors reached, unenroll to continue')
  if (factors.some(({ status }) => status === 'verified') && caller.level === 'aal1') return refusal(403, 'insufficient_aal', 'AAL2 required to enroll a new factor')
  const factor = { id: randomUUID(), secret: newSecret() }
  const issuer = typeof body.issuer === 'string' && body.issuer ? body.issuer : new URL(siteUrl).host
  await sql`insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, secret)
    values (${factor.id}, ${caller.userId}, ${name}, 'totp', 'unverified', ${factor.secret})`
  const uri = totpAddress({ issuer, email: caller.email, secret: factor.secret })
  // A picture in a data address must not hold what ends an address; names of colours do not.
  const qr_code = renderSVG(uri, { ecc: 'H', blackColor: 'black', whiteColor: 'white', border: 2 })
  return Response.json({ id: factor.id, type: 'totp', friendly_name: name, totp: { qr_code, secret: factor.secret, uri } })
}

async function challenge({ caller, factorId, parts: { sql } }: Asked): Promise<Response> {
  const [made] = await sql`insert into auth.mfa_challenges (id, factor_id, ip_address)
    select ${randomUUID()}::uuid, f.id, '127.0.0.1' from auth.mfa_factors f where f.id = ${factorId} and f.user_id = ${caller.userId}
    returning id, extract(epoch from created_at)::int + ${CHALLENGE_SECONDS}::int as expires_at`
  if (!made) return missing()
  await sql`update auth.mfa_factors set last_challenged_at = now() where id = ${factorId}`
  return Response.json({ id: made.id, type: 'totp', expires_at: made.expires_at })
}

async function verify(asked: Asked): Promise<Response> {
  const { caller, body, factorId, parts: { sql } } = asked
  const [factor] = await sql<Factor[]>`select * from auth.mfa_factors where id = ${factorId} and user_id = ${caller.userId}`
  if (!factor) return missing()
  if (typeof body.code !== 'string' || !body.code) return refusal(400, 'validation_failed', 'Code needs to be non-empty')
  const [given] = await sql`select id, verified_at is not null as is_used, created_at < now() - make_interval(secs => ${CHALLENGE_SECONDS}) as is_over
    from auth.mfa_challenges where id::text = ${String(body.challenge_id)} and factor_id = ${factorId}`
  if (!given) return refusal(422, 'mfa_factor_not_found', 'MFA factor with the provided challenge ID not found')
  if (given.is_used) return refusal(422, 'mfa_ip_address_mismatch', 'Challenge and verify IP addresses mismatch')
  if (given.is_over) return refusal(422, 'mfa_challenge_expired', `MFA challenge ${String(given.id)} has expired, verify against another challenge or create a new challenge.`)
  if (!isTotp(body.code, factor.secret, Date.now() / 1000)) return refusal(422, 'mfa_verification_failed', 'Invalid TOTP code entered')
  await sql`update auth.mfa_challenges set verified_at = now() where id = ${given.id as string}`
  return strengthened(asked)
}

/** The session has two factors from now on and goes on under new tokens; sessions of this person that have one are over. */
async function strengthened({ caller, factorId, answer, request, parts: { sql } }: Asked): Promise<Response> {
  await sql`update auth.mfa_factors set status = 'verified', updated_at = now() where id = ${factorId}`
  await sql`update auth.sessions set aal = 'aal2', factor_id = ${factorId} where id = ${caller.sessionId}`
  await noteMethod(caller.sessionId, 'totp', sql)
  await sql`delete from auth.sessions where user_id = ${caller.userId} and coalesce(aal, 'aal1') < 'aal2'`
  await sql`delete from auth.mfa_factors where user_id = ${caller.userId} and status = 'unverified'`
  const [held] = await sql`select token from auth.refresh_tokens where session_id = ${caller.sessionId} and not revoked order by created_at desc limit 1`
  return answer(new Request(new URL('/auth/v1/token?grant_type=refresh_token', request.url), { method: 'POST', body: JSON.stringify({ refresh_token: held?.token }),
    headers: { 'content-type': 'application/json', apikey: request.headers.get('apikey') ?? '' } }))
}

/** A session that was proven by it falls back to one factor. */
async function unenrol({ caller, factorId, parts }: Asked): Promise<Response> {
  const { sql } = parts
  const [factor] = await sql<Factor[]>`select * from auth.mfa_factors where id = ${factorId} and user_id = ${caller.userId}`
  if (!factor) return missing()
  if (factor.status === 'verified' && caller.level === 'aal1') return refusal(422, 'insufficient_aal', 'AAL2 required to unenroll verified factor')
  await sql`delete from auth.mfa_factors where id = ${factorId}`
  await sql`update auth.sessions set aal = 'aal1', factor_id = null where user_id = ${caller.userId} and factor_id = ${factorId}`
  if (!(await hasVerifiedFactor(caller.userId, parts))) await sql`update auth.sessions set aal = 'aal1' where user_id = ${caller.userId}`
  return Response.json({ id: factorId })
}

const missing = () => refusal(404, 'mfa_factor_not_found', 'Factor not found')
