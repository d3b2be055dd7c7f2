/** Lists: newest first, at most a hundred at a time, with windows of time. */
import { z } from 'zod'
import { visible, type Facts, type Thing } from '../things.ts'
import { expand, whole } from './check.ts'
import { invalid } from './refusal.ts'

const limit = whole.refine((value) => value >= 1 && value <= 100, { message: 'Invalid limit: must be between 1 and 100', params: { code: 'parameter_invalid_integer' } }).default(10)

export const listing = { limit, starting_after: z.string().optional(), ending_before: z.string().optional(), expand }
export const created = z.union([whole, z.strictObject({ gt: whole.optional(), gte: whole.optional(), lt: whole.optional(), lte: whole.optional() })]).optional()

export interface Listing { limit: number, starting_after?: string, ending_before?: string }
export interface Page { object: 'list', url: string, has_more: boolean, data: Facts[] }

/** `things` are newest first. */
export function page<One extends Thing>(url: string, things: One[], { limit: most, starting_after: after, ending_before: before }: Listing): Page {
  if (before !== undefined) {
    const newer = things.slice(0, placeOf(things, before, 'ending_before'))
    return { object: 'list', url, has_more: newer.length > most, data: newer.slice(-most).map(visible) }
  }
  const rest = after === undefined ? things : things.slice(placeOf(things, after, 'starting_after') + 1)
  return { object: 'list', url, has_more: rest.length > most, data: rest.slice(0, most).map(visible) }
}

function placeOf(things: Thing[], id: string, param: string): number {
  const place = things.findIndex((thing) => thing.id === id)
  if (place < 0) throw invalid(`No such object: '${id}'`, param, 'resource_missing')
  return place
}

export function isWithin(at: number, window: z.infer<typeof created>): boolean {
  if (window === undefined) return true
  if (typeof window === 'number') return at === window
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = window
  return at > gt && at >= gte && at < lt && at <= lte
}

/** A filter that was not named lets everything pass. */
export const isAsked = (pairs: [asked: unknown, known: unknown][]): boolean => pairs.every(([asked, known]) => asked === undefined || asked === known)
