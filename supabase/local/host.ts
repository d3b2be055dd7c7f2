/**
 * The local stand-in for the edge runtime: one Deno process that serves every function below /functions/v1/<name>.
 *
 * Each function calls Deno.serve(handler); here that is replaced by a recorder while the function is imported, and one real
 * server hands requests on. A broken function answers 500 for itself and leaves the others alone.
 */
type Handler = (request: Request) => Response | Promise<Response>
interface EdgeGlobal { EdgeRuntime: { waitUntil(work: Promise<unknown>): void } }

const SLOW_MS = 500
const [portFile = ''] = Deno.args
const folder = new URL('../functions/', import.meta.url)
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
    const settled = work.catch(error => report('background work failed', error)).finally(() => background.delete(settled))
    background.add(settled)
  },
}

// Standard input is a line to the stack that started us: when it closes, however that process ended, we end too.
void (async () => {
  while (await Deno.stdin.read(new Uint8Array(64)) !== null);
  Deno.exit(0)
})()

function report(what: string, error: unknown): void {
  console.error(JSON.stringify({ level: 'error', what, message: error instanceof Error ? error.message : String(error) }))
}

const serve = Deno.serve
for (const entry of [...Deno.readDirSync(folder)].sort((a, b) => a.name.localeCompare(b.name))) {
  if (!entry.isDirectory || entry.name.startsWith('_')) continue
  Deno.serve = ((...args: unknown[]) => {
    handlers.set(entry.name, args.find(arg => typeof arg === 'function') as Handler)
    return { finished: Promise.resolve(), shutdown: () => Promise.resolve() }
  }) as unknown as typeof Deno.serve
  try {
    await import(new URL(`${entry.name}/index.ts`, folder).href)
  }
  catch (error) {
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

async function handle(request: Request): Promise<Response> {
  const url = new URL(request.url)
  if (url.pathname === '/__drain') return drained()
  // As on Supabase: the function sees its path without /functions/v1.
  url.pathname = url.pathname.replace(/^\/functions\/v1/, '')
  const name = url.pathname.split('/')[1] ?? ''
  const handler = handlers.get(name)
  if (!handler) {
    const message = broken.has(name) ? `The function ${name} could not be loaded: ${broken.get(name)}` : `There is no function ${name}.`
    return Response.json({ success: false, error: { code: broken.has(name) ? 'internal' : 'not_found', message } }, { status: broken.has(name) ? 500 : 404 })
  }
  const started = performance.now()
  try {
    return await handler(new Request(url, request))
  }
  finally {
    const milliseconds = performance.now() - started
    if (milliseconds > SLOW_MS) console.error(JSON.stringify({ level: 'warn', what: 'slow function', name, milliseconds: Math.round(milliseconds) }))
  }
}

Deno.serve({ hostname: '127.0.0.1', port: 0, onListen: ({ port }) => Deno.writeTextFileSync(portFile, String(port)) }, handle)
