import { filePieces } from './filePieces.ts'

const blockBytes = 8 * 1024 * 1024

/**
 * What tells a file from others, and whether all of it is UTF-8. Browsers hash only what lies in memory, so blocks are hashed one by
 * one, and then their hashes.
 */
export async function summarise(file: Blob): Promise<{ hash: string, isUtf8: boolean }> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const block = new Uint8Array(Math.min(blockBytes, file.size))
  const hashes: Uint8Array<ArrayBuffer>[] = []
  let [isUtf8, filled] = [true, 0]
  for await (const piece of filePieces(file)) {
    isUtf8 &&= isText(decoder, piece)
    for (let from = 0; from < piece.length;) {
      const part = piece.subarray(from, from + block.length - filled)
      block.set(part, filled)
      filled += part.length
      from += part.length
      if (filled < block.length) continue
      hashes.push(await sha256(block))
      filled = 0
    }
  }
  if (filled > 0) hashes.push(await sha256(block.subarray(0, filled)))
  return { hash: hex(await sha256(new Uint8Array(await new Blob(hashes).arrayBuffer()))), isUtf8: isUtf8 && isText(decoder) }
}

const sha256 = async (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))

/** Without a piece: whether the text ends with a whole character. */
function isText(decoder: TextDecoder, piece?: Uint8Array): boolean {
  try {
    decoder.decode(piece, { stream: piece !== undefined })
    return true
  } catch {
    // A fatal decoder throws at the first byte that is no text: that is the answer, not an accident.
    return false
  }
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
