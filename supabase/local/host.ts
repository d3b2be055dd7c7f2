/**
 * The local stand-in for the edge runtime: one Deno process that serves every function below /functions/v1/<name>.
 *
 * Each function calls Deno.serve(handler); here that is replaced by a recorder while the function is imported, and one real
 * server hands requests on. A broken function answers 500 for itself and leaves the others alone.
 */
import process from 'node:process'
import { pathToFileURL } from 'node:url'

type Handler = (request: Request) => Response | Promise<Response>
interface EdgeGlobal { EdgeRuntime: { waitUntil(work: Promise<unknown>): void } }

/** A hosted function may use two seconds of processor time; half a second is worth a line. */
const MUCH_CPU_MS = 500
const [portFile = '', functions = '', watched = ''] = Deno.args
const folder = new URL(`${pathToFileURL(functions).href}/`)
const handlers = new Map<string, Handler>()
const broken = new Map<string, string>()
const background = new Set<Promise<unknown>>()

// An unhandled rejection ends a Deno process, and with it every function.
globalThis.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  report('unhandled rejection', event.reason)
})
globalThis.addEventListener('error', (event) => {
  event.preventDefault()
  report('unhandled error', event.error)
})
;(globalThis as unknown as EdgeGlobal).EdgeRuntime = {
  waitUntil(work) {
    const settled = Promise.resolve(work).catch((error) => report('background work failed', error)).finally(() => background.delete(settled))
    background.add(settled)
  },
}

function report(what: string, error: unknown): void {
  console.error(JSON.stringify({ level: 'error', what, message: error instanceof Error ? error.message : String(error) }))
}

const serve = Deno.serve
for (const entry of [...Deno.readDirSync(folder)].sort((a, b) => a.name.localeCompare(b.name))) {
  if (!entry.isDirectory || entry.name.startsWith('_')) continue
  Deno.serve = ((...args: unknown[]) => {
    handlers.set(entry.name, args.find((arg) => typeof arg === 'function') as Handler)
    return { finished: Promise.resolve(), shutdown: () => Promise.resolve() }
  }) as unknown as typeof Deno.serve
  try {
    await import(new URL(`${entry.name}/index.ts`, folder).href)
  } catch (error) {
    broken.set(entry.name, error instanceof Error ? error.message : String(error))
    report(`function ${entry.name} could not be loaded`, error)
  }
}
Deno.serve = serve

/** Waits until nothing runs in the background; tests call it between a request and their assertions. */
async function drained(): Promise<Response> {
  while (background.size > 0) await Promise.allSettled([...background])
  return new Response(null, { status: 204 })
}

function refusal(name: string): Response {
  const reason = broken.get(name)
  const [status, code, message] = reason
    ? [500, 'internal', `The function ${name} could not be loaded: ${reason}`] as const
    : [404, 'not_found', `There is no function ${name}.`] as const
  return failure(status, code, message)
}

/** The shape and the request id that the functions' own failures have. */
function failure(status: number, code: string, message: string): Response {
  return Response.json({ success: false, error: { code, message, details: null } }, { status, headers: { 'x-request-id': crypto.randomUUID() } })
}

let running = 0

/** Processor time belongs to the process, so only a request that was alone all the time can be judged. */
async function measured(name: string, work: () => Response | Promise<Response>): Promise<Response> {
  const wasAlone = running++ === 0 && background.size === 0
  const before = process.cpuUsage()
  try {
    return await work()
  } finally {
    const { user, system } = process.cpuUsage(before)
    const milliseconds = Math.round((user + system) / 1000)
    if (wasAlone && running === 1 && milliseconds > MUCH_CPU_MS) console.error(JSON.stringify({ level: 'warn', what: 'much processor time', name, milliseconds }))
    running--
  }
}

async function handle(request: Request): Promise<Response> {
  const url = new URL(request.url)
  if (url.pathname === '/__drain') return drained()
  // As on Supabase: the function sees its path without /functions/v1.
  url.pathname = url.pathname.replace(/^\/functions\/v1/, '')
  const name = url.pathname.split('/')[1] ?? ''
  const handler = handlers.get(name)
  if (!handler || broken.has(name)) return refusal(name)
  try {
    return await measured(name, () => handler(new Request(url, request)))
  } catch (error) {
    report(`function ${name} failed`, error)
    return failure(500, 'internal', 'Something went wrong.')
  }
}

/** The input ends with the process that started this one. */
async function endWithParent(): Promise<void> {
  for await (const _ of Deno.stdin.readable) continue
  Deno.exit(0)
}

if (watched === '') void endWithParent()
Deno.serve({ hostname: '127.0.0.1', port: 0, onListen: ({ port }) => Deno.writeTextFileSync(portFile, String(port)) }, handle)
