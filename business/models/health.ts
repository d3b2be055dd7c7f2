import { z } from 'zod'

/** Which parts keep up: the heartbeat, and the inbox of what providers tell. */
export const serviceHealthSchema = z.object({ beat: z.boolean(), inbox: z.boolean() })

/** Figures of the whole installation by their names; ages are seconds. Another version of the database may know more of them. */
export const figuresSchema = z.record(z.string(), z.coerce.number())
export type Figures = z.infer<typeof figuresSchema>
