/**
 * What happens to a number. The last two digits decide (product.md: magic numbers); every other number falls to a fixed
 * share by a hash of itself, so that the same number always behaves the same.
 */
import { interested } from './interested.ts'
import { notNow } from './notNow.ts'
import type { Scene, Script, ScriptOf } from './script.ts'
import { busy, hangsUp, noAnswer, optsOut, providerFault, voicemail, wrongNumber } from './short.ts'

const MAGIC: Record<string, ScriptOf> = {
  '01': notNow, '02': busy, '03': noAnswer, '04': voicemail, '05': optsOut, '06': wrongNumber, '07': interested, '08': hangsUp, '09': providerFault,
}
/** Seven of ten are answered. */
const SHARES: [upTo: number, script: ScriptOf][] = [[0.35, interested], [0.65, notNow], [0.7, hangsUp], [0.8, voicemail], [0.93, noAnswer], [1, busy]]

/** Numbers that POST /call refuses, as a line that is not in service. */
export const isOutOfService = (number: string): boolean => number.endsWith('00')

export function scriptFor(number: string, scene: Scene): Script {
  const chosen = MAGIC[number.slice(-2)] ?? SHARES.find(([upTo]) => shareOf(number) < upTo)?.[1] ?? notNow
  return chosen(scene)
}

/** A fixed value from 0 to 1 for a text: FNV-1a, then a final mix, because numbers that follow each other must not fall together. */
export function shareOf(text: string): number {
  let hash = 0x811C9DC5
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  hash = Math.imul(hash ^ hash >>> 16, 0x85EBCA6B)
  hash = Math.imul(hash ^ hash >>> 13, 0xC2B2AE35)
  return ((hash ^ hash >>> 16) >>> 0) / 2 ** 32
}
