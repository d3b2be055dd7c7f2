/** Parts of a stored file (RFC 9110, one range of bytes): a player that jumps to the middle of a recording asks for them. */

interface Part { first: number, last: number }

export async function withRange(request: Request, response: Response): Promise<Response> {
  if (request.method !== 'GET' || response.status !== 200) return response
  const headers = new Headers(response.headers)
  headers.set('accept-ranges', 'bytes')
  const asked = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get('range') ?? '')
  if (!asked) return new Response(response.body, { status: 200, headers })
  const body = await response.arrayBuffer()
  const part = partOf(asked[1] ?? '', asked[2] ?? '', body.byteLength)
  headers.delete('content-length')
  headers.set('content-range', part ? `bytes ${part.first}-${part.last}/${body.byteLength}` : `bytes */${body.byteLength}`)
  return part ? new Response(body.slice(part.first, part.last + 1), { status: 206, headers }) : new Response(null, { status: 416, headers })
}

/** `10-19`, `10-` or the last `-10`; null when there is nothing there. */
function partOf(from: string, to: string, size: number): Part | null {
  if (from === '' && to === '') return null
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return first <= last ? { first, last } : null
}
