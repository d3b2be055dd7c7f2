/** How much one request may bring: judged before anything reads it, by what it says and by what it sends. */

/** Above what any function takes (10 MB), and what a thousand rows of an import need. Files go to the storage, which has a limit of its own. */
const LARGEST_BODY_BYTES = 11 * 1024 * 1024

/** The request, ready to be read, or the refusal. */
export async function withinLimit(request: Request, most = LARGEST_BODY_BYTES): Promise<Request | Response> {
  const said = request.headers.get('content-length')
  if (Number(said) > most) return refusal()
  // The server ends a body where its length says; only one in pieces can go on for ever.
  if (said !== null || request.body === null) return request
  const body = await readUpTo(request.body, most)
  return body ? new Request(request.url, { method: request.method, headers: request.headers, body }) : refusal()
}

async function readUpTo(body: ReadableStream<Uint8Array>, most: number): Promise<Blob | null> {
  const pieces: BlobPart[] = []
  let bytes = 0
  for await (const piece of body) {
    bytes += piece.length
    if (bytes > most) return null
    pieces.push(piece as BlobPart)
  }
  return new Blob(pieces)
}

/** As the functions word it, and with the fields of a database error for whoever expects those. */
function refusal(): Response {
  const error = { code: 'too_large', message: 'The body is too large.', details: null }
  return Response.json({ success: false, error, ...error, hint: null }, { status: 413, headers: { connection: 'close' } })
}
