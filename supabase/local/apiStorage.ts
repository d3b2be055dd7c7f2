/** The file service's differences from hosted Storage: how a Blob arrives, what a signed address looks like, parts of a file. */
import type { Api } from './api.ts'
import { withRange } from './range.ts'
import { judgeToken } from './token.ts'

const SIGNED = '/storage/v1/object/sign/'

export async function answerStorage(request: Request, api: Api, jwtSecret: string): Promise<Response> {
  const isSigned = new URL(request.url).pathname.startsWith(SIGNED)
  if (isSigned && request.method !== 'POST' && !isTokenGood(request, jwtSecret)) return refusedToken()
  const isForm = request.headers.get('content-type')?.startsWith('multipart/form-data') ?? false
  const response = await api.fetch(isForm ? await withNamedFile(request) : request)
  return isSigned && request.method === 'POST' && response.ok ? withSignedUrl(response) : withRange(request, response)
}

function isTokenGood(request: Request, jwtSecret: string): boolean {
  return 'claims' in judgeToken(new URL(request.url).searchParams.get('token'), jwtSecret, Date.now() / 1000)
}

/** Left to itself the local service answers 500, which a player would take for an outage and try again. */
function refusedToken(): Response {
  return Response.json({ statusCode: '400', error: 'InvalidJWT', message: 'The token of this address is wrong, or it has ended.' }, { status: 400 })
}

/** supabase-js sends a Blob in a part without a name; the local storage wants it called `file`. */
async function withNamedFile(request: Request): Promise<Request> {
  const given = await request.formData()
  const form = new FormData()
  for (const [name, value] of given) form.append(value instanceof Blob ? 'file' : name, value)
  const headers = new Headers(request.headers)
  headers.delete('content-type')
  headers.delete('content-length')
  return new Request(request.url, { method: request.method, headers, body: form })
}

/** Hosted Storage answers `signedURL` relative to /storage/v1; the local one answers `signedUrl` with the whole path. */
async function withSignedUrl(response: Response): Promise<Response> {
  const answer = await response.json() as { signedUrl?: string }
  return Response.json({ signedURL: answer.signedUrl?.replace(/^\/storage\/v1/, '') }, { status: response.status })
}
