import { createHash } from 'node:crypto'

interface Options {
  /** The stack of `npm start`: plain http on 127.0.0.1, app and API on one origin. */
  embedded: boolean
  /** Origin of the Supabase project when the app is hosted elsewhere. */
  apiUrl?: string
  /** Where the app reports its failures, if anywhere: /config.js says the same. */
  errorDsn?: string | undefined
}

/**
 * Inline styles that libraries put on the page while running, by hash because they cannot carry a nonce on a static host.
 * They change with the library's version: the end-to-end tests fail on any violation.
 */
const libraryStyles = [
  // reka-ui 2.11: hides the scroll bars of the lists in Select and Combobox.
  'sha256-60LHlRjW/B3CtzIoE/Lf1/NEDvko9efWMFaGVhHu/cs=',
  'sha256-0sLsI2a+NIcumVvBF9zD/ArGqlZR2xfnxsALPmK7nj8=',
]

/** The answer headers of every page and asset, for whoever serves the build. html is the page itself, '' for other files. */
export function securityHeaders(html: string, options: Options): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(html, options),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(options.embedded ? {} : { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
  }
}

/** Assets carry their hash in the name; everything else, the shell above all, must be fresh after a deployment. */
export function cacheControl(path: string): string {
  const isHashed = /^\/_nuxt\/[^/]+$/.test(path)
  return isHashed ? 'public, max-age=31536000, immutable' : 'no-cache'
}

function contentSecurityPolicy(html: string, { embedded, apiUrl, errorDsn }: Options): string {
  const api = apiUrl ? [new URL(apiUrl).origin] : []
  const errors = errorDsn ? [new URL(errorDsn).origin] : []
  const directives: Record<string, string[]> = {
    'default-src': ['\'none\''],
    'script-src': ['\'self\'', ...inlineScripts(html).map((script) => `'${hashOf(script)}'`)],
    'style-src': ['\'self\'', ...libraryStyles.map((hash) => `'${hash}'`)],
    'connect-src': ['\'self\'', ...api, ...api.map((origin) => origin.replace(/^http/, 'ws')), ...errors],
    // Recordings are played from signed addresses of the storage.
    'media-src': ['\'self\'', 'blob:', ...api],
    'img-src': ['\'self\'', 'data:', 'blob:'],
    'font-src': ['\'self\''],
    // Files are read in a worker that the library makes from a blob.
    'worker-src': ['\'self\'', 'blob:'],
    'manifest-src': ['\'self\''],
    'form-action': ['\'self\''],
    'frame-ancestors': ['\'none\''],
    'base-uri': ['\'none\''],
  }
  const parts = Object.entries(directives).map(([name, sources]) => `${name} ${sources.join(' ')}`)
  return [...parts, ...(embedded ? [] : ['upgrade-insecure-requests'])].join('; ')
}

/** Scripts written into the page that a browser would run; data blocks (type application/json) are left alone by the policy. */
function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)]
    .filter(([, attributes = '']) => !/\ssrc=/.test(attributes) && !/type="application\/json"/.test(attributes))
    .map(([, , content = '']) => content)
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
