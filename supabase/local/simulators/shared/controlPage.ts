/** Serves the control page of a simulator under the embedded stack's own origin. No build of the product contains it. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Hono } from 'hono'
import { securityHeaders } from '../../../../config/securityHeaders.ts'

interface PageFile { type: string, read: () => Promise<string | Uint8Array<ArrayBuffer>> }

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const root = (path: string): string => here(`../../../../${path}`)

/** The colours are the product's own file and so is the font: nothing to keep in step by hand. */
const LOOKS: Record<string, PageFile> = {
  '/page.css': { type: 'text/css; charset=utf-8', read: () => readFile(here('page/page.css'), 'utf8') },
  '/tokens.css': { type: 'text/css; charset=utf-8', read: () => readFile(root('app/assets/css/tokens.css'), 'utf8') },
  '/inter.woff2': { type: 'font/woff2', read: async () => new Uint8Array(await readFile(root('node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'))) },
}

/** The folder holds index.html and page.ts; `styles` names further style sheets in it. */
export function serveControlPage(path: string, folder: URL, styles: string[] = []): Hono {
  const inFolder = (file: string) => fileURLToPath(new URL(file, folder))
  const files: Record<string, PageFile> = {
    ...LOOKS,
    '/': { type: 'text/html; charset=utf-8', read: () => readFile(inFolder('index.html'), 'utf8') },
    '/page.js': { type: 'text/javascript; charset=utf-8', read: () => bundle(inFolder('page.ts')) },
    ...Object.fromEntries(styles.map((file) => [`/${file}`, { type: 'text/css; charset=utf-8', read: () => readFile(inFolder(file), 'utf8') }])),
  }
  const app = new Hono({ strict: false }).basePath(path)
  for (const [name, { type, read }] of Object.entries(files)) {
    app.get(name, async () => new Response(await read(), { headers: { ...securityHeaders('', { embedded: true }), 'content-type': type, 'cache-control': 'no-cache' } }))
  }
  return app
}

/** Browsers read no TypeScript. */
async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm', target: 'es2022', charset: 'utf8' })
  return outputFiles[0]?.text ?? ''
}
