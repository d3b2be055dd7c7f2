/** The routes that all saved things have: POST and GET /things, GET, PATCH and DELETE /things/:id. */
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { refusal, sentencesOf } from '../refusal.ts'
import type { Saved, Shelf } from '../saved/shelf.ts'
import { isInWindow, windowQuery } from './window.ts'

export interface Kind<Thing extends object> {
  /** "Couldn't find assistant with ID …" */
  noun: string
  shelf: Shelf<Thing>
  /** What POST accepts; absent when the thing does not come as JSON. */
  creation?: z.ZodType<Thing>
  changes: z.ZodType<Partial<Thing>>
  /** Completes what was sent, or refuses it. */
  complete?: (thing: Thing) => Thing | Response
}

const query = z.object(windowQuery)

export function savedThings<Thing extends object>({ noun, shelf, creation, changes, complete = (thing) => thing }: Kind<Thing>): Hono {
  const app = new Hono()
  const orNone = (id: string, thing: Saved | undefined) => thing ? Response.json(thing) : refusal(404, `Couldn't find ${noun} with ID ${id}.`)
  if (creation) app.post('/', async (context) => create(await bodyOf(context), creation, shelf, complete))
  app.get('/', (context) => list(shelf, context.req.query()))
  app.get('/:id', (context) => orNone(context.req.param('id'), shelf.find(context.req.param('id'))))
  app.patch('/:id', async (context) => {
    const parsed = changes.safeParse(await bodyOf(context))
    return parsed.success ? orNone(context.req.param('id'), shelf.change(context.req.param('id'), parsed.data)) : refusal(400, sentencesOf(parsed.error))
  })
  app.delete('/:id', (context) => orNone(context.req.param('id'), shelf.remove(context.req.param('id'))))
  return app
}

function create<Thing extends object>(body: unknown, creation: z.ZodType<Thing>, shelf: Shelf<Thing>, complete: (thing: Thing) => Thing | Response): Response {
  const parsed = creation.safeParse(body)
  if (!parsed.success) return refusal(400, sentencesOf(parsed.error))
  const thing = complete(parsed.data)
  return thing instanceof Response ? thing : Response.json(shelf.add(thing), { status: 201 })
}

/** A bare array, newest first. */
function list(shelf: Shelf<object>, search: Record<string, string>): Response {
  const parsed = query.safeParse(search)
  if (!parsed.success) return refusal(400, sentencesOf(parsed.error))
  const { limit, ...window } = parsed.data
  const rows = shelf.list().filter(({ createdAt, updatedAt }) => isInWindow({ createdAt: Date.parse(createdAt), updatedAt: Date.parse(updatedAt) }, window))
  return Response.json(rows.slice(0, limit))
}

/** Undefined when it is no JSON. */
export async function bodyOf(context: Context): Promise<unknown> {
  return context.req.json<unknown>().catch(() => undefined)
}
