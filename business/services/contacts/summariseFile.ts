const pieceBytes = 8 * 1024 * 1024

/**
 * What tells a file from others, and whether all of it is UTF-8. Browsers hash only what lies in memory, so the pieces are hashed one by
 * one, and then their hashes.
 */
export async function summarise(file: Blob): Promise<{ hash: string, isUtf8: boolean }> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const hashes: Uint8Array[] = []
  let isUtf8 = true
  for (let from = 0; from < file.size; from += pieceBytes) {
    const piece = await file.slice(from, from + pieceBytes).arrayBuffer()
    hashes.push(new Uint8Array(await crypto.subtle.digest('SHA-256', piece)))
    isUtf8 &&= isText(decoder, piece, from + pieceBytes < file.size)
  }
  return { hash: hex(new Uint8Array(await crypto.subtle.digest('SHA-256', await new Blob(hashes as BlobPart[]).arrayBuffer()))), isUtf8 }
}

function isText(decoder: TextDecoder, piece: ArrayBuffer, hasMore: boolean): boolean {
  try {
    decoder.decode(piece, { stream: hasMore })
    return true
  } catch {
    // A fatal decoder throws at the first byte that is no text: that is the answer, not an accident.
    return false
  }
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
