/** POST /file: a form with the file itself. It is processed for a while; who needs its text asks until it is done. */
import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Exchange } from '../exchange.ts'
import { refusal } from '../refusal.ts'
import type { UploadedFile } from '../saved/things.ts'
import { savedThings } from './savedThings.ts'

const PROCESSING_SECONDS = 2
const STORAGE = 'https://storage.vapi.invalid/files'
const PURPOSES = ['assistant', 'composer-attachment', 'knowledge-base-v2']
const changes = z.looseObject({ name: z.string().optional() })

export function files(exchange: Exchange): Hono {
  const { shelves, pacer } = exchange
  const app = new Hono()
  app.post('/', async (context) => {
    const form: FormData | null = await context.req.formData().catch(() => null)
    const file = form?.get('file')
    if (!(file instanceof File)) return refusal(400, 'file is required')
    const purpose = textOf(form?.get('purpose')) ?? 'assistant'
    if (!PURPOSES.includes(purpose)) return refusal(400, [`purpose must be one of the following values: ${PURPOSES.join(', ')}`])
    const saved = shelves.files.add(uploaded(file, purpose, textOf(form?.get('metadata'))))
    pacer.wait(PROCESSING_SECONDS).then(() => finish(exchange, saved.id, file.size), () => undefined)
    return Response.json(saved, { status: 201 })
  })
  app.route('/', savedThings({ noun: 'file', shelf: shelves.files, changes }))
  return app
}

function uploaded(file: File, purpose: string, metadata: string | undefined): UploadedFile {
  const name = file.name || 'file'
  return {
    object: 'file', status: 'processing', name, originalName: name, bytes: file.size, mimetype: file.type || 'application/octet-stream', purpose,
    url: `${STORAGE}/${randomUUID()}`, ...(metadata !== undefined && { metadata: parsed(metadata) }),
  }
}

/** Of an empty file nothing can be read. */
function finish({ shelves }: Exchange, id: string, bytes: number): void {
  const url = shelves.files.find(id)?.url
  shelves.files.change(id, bytes === 0 ? { status: 'failed' } : { status: 'done', parsedTextUrl: `${url}.txt` })
}

const textOf = (value: FormDataEntryValue | null | undefined): string | undefined => typeof value === 'string' ? value : undefined

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
