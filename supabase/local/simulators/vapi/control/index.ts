/** The control page: /carrier of the embedded stack's own origin. No build of the product contains it. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Hono } from 'hono'
import { securityHeaders } from '../../../../../config/securityHeaders.ts'
import type { Exchange } from '../exchange.ts'
import { controlApi } from './api.ts'

export const PAGE_PATH = '/carrier'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const root = (path: string): string => here(`../../../../../${path}`)

/** The colours are the product's own file and so is the font: nothing to keep in step by hand. */
const FILES: Record<string, { type: string, read: () => Promise<string | Uint8Array<ArrayBuffer>> }> = {
  '': { type: 'text/html; charset=utf-8', read: () => readFile(here('page/index.html'), 'utf8') },
  '/page.css': { type: 'text/css; charset=utf-8', read: () => readFile(here('page/page.css'), 'utf8') },
  '/tokens.css': { type: 'text/css; charset=utf-8', read: () => readFile(root('app/assets/css/tokens.css'), 'utf8') },
  '/page.js': { type: 'text/javascript; charset=utf-8', read: bundle },
  '/inter.woff2': { type: 'font/woff2', read: async () => new Uint8Array(await readFile(root('node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'))) },
}

export function controlPage(exchange: Exchange): (request: Request) => Response | Promise<Response> {
  const app = new Hono({ strict: false }).basePath(PAGE_PATH)
  for (const [path, { type, read }] of Object.entries(FILES)) {
    app.get(path === '' ? '/' : path, async () => new Response(await read(), { headers: { ...securityHeaders('', { embedded: true }), 'content-type': type, 'cache-control': 'no-cache' } }))
  }
  app.route('/', controlApi(exchange))
  return (request) => app.fetch(request)
}

/** Browsers read no TypeScript. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({ entryPoints: [here('page/page.ts')], bundle: true, write: false, format: 'esm', target: 'es2022', charset: 'utf8' })
  return outputFiles[0]?.text ?? ''
}
