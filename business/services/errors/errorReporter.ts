import { scrub } from './scrub.ts'

/** What is told of a failure beside its words: ids, codes and names of our own, never a person's. */
export interface FailureContext { release?: string, environment?: string, tags?: Record<string, string> }

export interface ReporterOptions extends FailureContext {
  /** As Sentry and those that speak like it hand out: https://<key>@<host>/<project>. Whoever has it may send, so it is no secret. */
  dsn: string
  platform: 'javascript' | 'node'
  send: typeof fetch
  now: () => number
}

export type ReportError = (error: unknown, tags?: Record<string, string>) => Promise<void>

/** A page that fails at every frame must not send at every frame. */
const reportsPerMinute = 10

/** Sends failures to a tracker by its envelope interface. It never throws: what cannot be reported is not worth a second failure. */
export function createErrorReporter({ dsn, platform, send, now, ...context }: ReporterOptions): ReportError {
  const { endpoint, key } = readDsn(dsn)
  let sent: number[] = []
  return async (error, tags = {}) => {
    sent = sent.filter((at) => at > now() - 60_000)
    if (sent.length >= reportsPerMinute) return
    sent.push(now())
    const body = envelopeOf(error, { ...context, tags: { ...context.tags, ...tags } }, { platform, at: now() })
    const headers = { 'content-type': 'application/x-sentry-envelope', 'x-sentry-auth': `Sentry sentry_version=7, sentry_key=${key}, sentry_client=outdial/1` }
    await send(endpoint, { method: 'POST', body, headers, credentials: 'omit', referrerPolicy: 'no-referrer' }).then((answer) => answer.body?.cancel(), () => undefined)
  }
}

/** Where a DSN says that reports go; it throws where it is none. */
export function readDsn(dsn: string): { endpoint: string, key: string } {
  const url = new URL(dsn)
  const [project, ...folders] = url.pathname.split('/').filter(Boolean).reverse()
  if (!/^https?:$/.test(url.protocol) || !url.username || !project) throw new Error('This is no DSN: https://<key>@<host>/<project>')
  return { endpoint: `${url.origin}/${[...folders.reverse(), 'api', project].join('/')}/envelope/`, key: url.username }
}

interface Frame { filename: string, function: string, lineno: number, colno: number }

function envelopeOf(error: unknown, { release, environment, tags = {} }: FailureContext, { platform, at }: { platform: string, at: number }): string {
  const { name, message, stack = '' } = error instanceof Error ? error : { name: 'Failure', message: String(error) }
  const event_id = crypto.randomUUID().replaceAll('-', '')
  const clean = Object.fromEntries(Object.entries(tags).map(([tag, value]) => [tag, scrub(value).slice(0, 200)]))
  const event = {
    event_id, platform, timestamp: at / 1000, level: 'error', release, environment, tags: clean,
    exception: { values: [{ type: name, value: scrub(message), stacktrace: { frames: framesOf(stack) } }] },
  }
  return `${JSON.stringify({ event_id, sent_at: new Date(at).toISOString() })}\n${JSON.stringify({ type: 'event' })}\n${JSON.stringify(event)}\n`
}

/** The outermost first, as trackers want them; addresses without what stands behind a question mark or hash. */
function framesOf(stack: string): Frame[] {
  return [...stack.matchAll(/^\s*(?:at )?(?:(?:async )?([\w$.<> ]*?) ?[@(]|)((?:https?|file|node|ext):[^\s()]+?):(\d+):(\d+)\)?$/gm)].slice(0, 40)
    .map(([, name = '', filename = '', line, column]): Frame => ({ function: name || '?', filename: filename.replace(/[?#].*$/, ''), lineno: Number(line), colno: Number(column) })).reverse()
}
