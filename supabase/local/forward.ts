/** Hands a request on to the edge functions, as the gateway of a hosted project does. */

/** Headers that speak of one connection, not of the request (RFC 9110, 7.6.1). Sent on, most of them make fetch refuse it. */
const OF_ONE_CONNECTION = ['connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']
/** fetch refuses to send these. */
const NOT_SENT = ['CONNECT', 'TRACE', 'TRACK']

export async function forward(request: Request, functionsUrl: string): Promise<Response> {
  if (NOT_SENT.includes(request.method)) return new Response('Method not allowed', { status: 405 })
  const { pathname, search } = new URL(request.url)
  const body = ['GET', 'HEAD'].includes(request.method) ? undefined : await request.arrayBuffer()
  const answer = await fetch(`${functionsUrl}${pathname}${search}`, { method: request.method, headers: ofTheRequest(request.headers), body, redirect: 'manual' })
  const headers = ofTheRequest(answer.headers)
  // fetch has already unpacked the body.
  headers.delete('content-encoding')
  return new Response(answer.body, { status: answer.status, headers })
}

function ofTheRequest(given: Headers): Headers {
  const headers = new Headers(given)
  const named = (given.get('connection') ?? '').split(',').map((name) => name.trim()).filter((name) => /^[\w-]+$/.test(name))
  for (const name of [...OF_ONE_CONNECTION, ...named]) headers.delete(name)
  return headers
}
