/** Serves the built app as any static host would: hashed assets for ever, pages fresh, unknown paths as the app's shell. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import { cacheControl, securityHeaders } from '../../config/securityHeaders.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8', '.webmanifest': 'application/manifest+json',
}
const IS_TEXT = /\.(html|js|css|json|svg|txt|webmanifest)$/
interface Cached { body: Uint8Array<ArrayBuffer>, zipped: Uint8Array<ArrayBuffer> | null, etag: string, modified: number }

export interface Site { respond(request: Request): Response }

export function createSite(folder: string, isEmbedded: boolean): Site {
  const cache = new Map<string, Cached>()
  return {
    respond(request) {
      const path = decoded(new URL(request.url).pathname)
      if (path === null) return new Response('Bad request', { status: 400 })
      if (!['GET', 'HEAD'].includes(request.method)) return new Response('Method not allowed', { status: 405, headers: { allow: 'GET, HEAD' } })
      const file = fileFor(folder, path)
      if (!file && path.startsWith('/_nuxt/')) return new Response('Not found', { status: 404, headers: { 'cache-control': 'no-store' } })
      if (!file) return new Response('The app is not built yet: run npm start again.', { status: 503 })
      const content = load(cache, file)
      const headers = new Headers({ 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', etag: content.etag, vary: 'accept-encoding',
        'cache-control': cacheControl(path) })
      const html = extname(file) === '.html' ? new TextDecoder().decode(content.body) : ''
      for (const [name, value] of Object.entries(securityHeaders(html, { embedded: isEmbedded }))) headers.set(name, value)
      if (request.headers.get('if-none-match') === content.etag) return new Response(null, { status: 304, headers })
      const isZipped = content.zipped !== null && /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
      if (isZipped) headers.set('content-encoding', 'gzip')
      return new Response(isZipped ? content.zipped : content.body, { headers })
    },
  }
}

/** Null for a path whose percent signs encode nothing. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

/** An existing file inside the folder, else the shell that lets the app's router decide; a hashed asset is there or gone. */
function fileFor(folder: string, path: string): string | null {
  const wanted = normalize(join(folder, path))
  if (wanted.startsWith(folder + sep) && existsSync(wanted) && statSync(wanted).isFile()) return wanted
  if (path.startsWith('/_nuxt/')) return null
  return ['200.html', 'index.html'].map((name) => join(folder, name)).find(existsSync) ?? null
}

function load(cache: Map<string, Cached>, file: string): Cached {
  const modified = statSync(file).mtimeMs
  const known = cache.get(file)
  if (known?.modified === modified) return known
  const body = new Uint8Array(readFileSync(file))
  const content = { body, zipped: IS_TEXT.test(file) ? new Uint8Array(gzipSync(body)) : null, etag: `"${createHash('sha1').update(body).digest('hex')}"`, modified }
  cache.set(file, content)
  return content
}
