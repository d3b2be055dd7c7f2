/**
 * Which script a number has. The last two digits decide (product.md: magic numbers); three of them where the list is longer,
 * so that the longer list takes one number in a hundred from the ordinary ones. Every other number falls to a fixed share by
 * a hash of itself: the same number always behaves the same.
 */
import type { Language, PlotName } from './script.ts'

interface Choice {
  plot: PlotName
  language?: Language
  /** The provider's model tells nothing of it afterwards. */
  isUntold?: true
}

export const MAGIC: Record<string, Choice> = {
  '01': { plot: 'notNow' }, '02': { plot: 'busy' }, '03': { plot: 'noAnswer' }, '04': { plot: 'voicemail' }, '05': { plot: 'optsOut' },
  '06': { plot: 'wrongNumber' }, '07': { plot: 'interested' }, '08': { plot: 'hangsUp' }, '09': { plot: 'providerFault' },
  '011': { plot: 'callBack' }, '012': { plot: 'annoyed' }, '013': { plot: 'elderly' }, '014': { plot: 'haggler' }, '015': { plot: 'asksRobot' },
  '016': { plot: 'screening' }, '017': { plot: 'silence' }, '018': { plot: 'interested', isUntold: true },
  '021': { plot: 'interested', language: 'de' }, '022': { plot: 'interested', language: 'es' }, '023': { plot: 'interested', language: 'fr' },
}

/** Seven of ten are answered by somebody who speaks. */
const SHARES: [upTo: number, plot: PlotName][] = [
  [0.2, 'interested'], [0.36, 'notNow'], [0.44, 'callBack'], [0.49, 'asksRobot'], [0.53, 'haggler'], [0.57, 'elderly'], [0.6, 'annoyed'], [0.65, 'hangsUp'],
  [0.67, 'wrongNumber'], [0.68, 'optsOut'], [0.7, 'screening'], [0.8, 'voicemail'], [0.81, 'silence'], [0.93, 'noAnswer'], [1, 'busy'],
]

/** Numbers that POST /call refuses, as a line that is not in service. */
export const isOutOfService = (number: string): boolean => number.endsWith('00')

export function chosenFor(number: string): Choice {
  return MAGIC[number.slice(-3)] ?? MAGIC[number.slice(-2)] ?? { plot: SHARES.find(([upTo]) => shareOf(number) < upTo)?.[1] ?? 'notNow' }
}

/** A fixed value from 0 to 1 for a text: FNV-1a, then a final mix, because numbers that follow each other must not fall together. */
function shareOf(text: string): number {
  let hash = 0x811C9DC5
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  hash = Math.imul(hash ^ hash >>> 16, 0x85EBCA6B)
  hash = Math.imul(hash ^ hash >>> 13, 0xC2B2AE35)
  return ((hash ^ hash >>> 16) >>> 0) / 2 ** 32
}
