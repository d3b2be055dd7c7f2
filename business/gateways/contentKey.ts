import { storableJson } from '../models/storableJson.ts'

/** For what carries no id of its own: all there is to tell two of them apart is the content. */
export function contentKey(content: unknown): string {
  const text = JSON.stringify(storableJson(content)) ?? ''
  return `unidentified:${text.length}:${shortHash([text.slice(0, 2000)])}`
}

/** FNV-1a, 64 bit: short, the same in every runtime, no secret to protect. */
export function shortHash(parts: unknown[]): string {
  let value = 0xcbf29ce484222325n
  const text = JSON.stringify(storableJson(parts.map((part) => part ?? null))).slice(0, 4000)
  for (const byte of new TextEncoder().encode(text)) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n)
  }
  return value.toString(16).padStart(16, '0')
}
