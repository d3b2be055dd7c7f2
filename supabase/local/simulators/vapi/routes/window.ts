/** The windows of time and the limit by which every list of the provider can be asked for. */
import { z } from 'zod'

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)).optional()

const edges = {
  createdAtGt: instant, createdAtLt: instant, createdAtGe: instant, createdAtLe: instant,
  updatedAtGt: instant, updatedAtLt: instant, updatedAtGe: instant, updatedAtLe: instant,
}
export const windowQuery = { limit: z.coerce.number().int().min(0).max(1000).default(100), ...edges }

type Window = Omit<z.infer<z.ZodObject<typeof windowQuery>>, 'limit'>

export function isInWindow({ createdAt, updatedAt }: { createdAt: number, updatedAt: number }, window: Window): boolean {
  return isWithin(createdAt, [window.createdAtGt, window.createdAtLt, window.createdAtGe, window.createdAtLe])
    && isWithin(updatedAt, [window.updatedAtGt, window.updatedAtLt, window.updatedAtGe, window.updatedAtLe])
}

function isWithin(at: number, [after = -Infinity, before = Infinity, from = -Infinity, to = Infinity]: (number | undefined)[]): boolean {
  return at > after && at < before && at >= from && at <= to
}
