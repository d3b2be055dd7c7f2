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

/** What tells one control page from another; the frame around it is the same. */
export interface ControlPage {
  path: string
  /** Holds page.ts, sections.html (with {speed} where the speed is chosen) and the style sheets. */
  folder: URL
  styles?: string[]
  title: string
  lead: string
  /** What its first list shows, say "calls": also the id of that section. */
  subject: string
  /** While the simulator does not answer. */
  lost: string
  noViolations: string
  faults: string
  /** The list that explains itself at the end of the page. */
  list: { id: string, title: string, lead: string }
}

export function serveControlPage(page: ControlPage): Hono {
  const { path, folder, styles = [] } = page
  const inFolder = (file: string) => fileURLToPath(new URL(file, folder))
  const files: Record<string, PageFile> = {
    ...LOOKS,
    '/': { type: 'text/html; charset=utf-8', read: () => written(page) },
    '/page.js': { type: 'text/javascript; charset=utf-8', read: () => bundle(inFolder('page.ts')) },
    ...Object.fromEntries(styles.map((file) => [`/${file}`, { type: 'text/css; charset=utf-8', read: () => readFile(inFolder(file), 'utf8') }])),
  }
  const app = new Hono({ strict: false }).basePath(path)
  for (const [name, { type, read }] of Object.entries(files)) {
    app.get(name, async () => new Response(await read(), { headers: { ...securityHeaders('', { embedded: true }), 'content-type': type, 'cache-control': 'no-cache' } }))
  }
  return app
}

async function written(page: ControlPage): Promise<string> {
  const { path, folder, styles = [], list } = page
  const [frame, speed, own] = await Promise.all([here('page/frame.html'), here('page/speed.html'), fileURLToPath(new URL('sections.html', folder))].map((file) => readFile(file, 'utf8')))
  return filled(frame!, {
    ...page, list: `<section aria-labelledby="${list.id}-title">
      <h2 id="${list.id}-title">${list.title}</h2>
      <p class="quiet">${list.lead}</p>
      <dl id="${list.id}"></dl>
    </section>`,
    styles: ['tokens.css', 'page.css', ...styles].map((file) => `<link rel="stylesheet" href="${path}/${file}">`).join('\n  '),
    sections: filled(own!, { speed: speed! }),
  })
}

/** Each {name} by what it stands for. All of it is ours. */
function filled(text: string, parts: Record<string, unknown>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (name in parts ? String(parts[name]).trim() : whole))
}

/** Browsers read no TypeScript. */
async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm', target: 'es2022', charset: 'utf8' })
  return outputFiles[0]?.text ?? ''
}
