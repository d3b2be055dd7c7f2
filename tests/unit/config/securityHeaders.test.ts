import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { cacheControl, securityHeaders } from '../../../config/securityHeaders.ts'

const html = `<head><script type="importmap">{"imports":{}}</script><script src="/config.js"></script></head>
<body><script>window.__NUXT__={}</script><script type="application/json">[1]</script></body>`
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

function directive(name: string, options: Parameters<typeof securityHeaders>[1]): string[] {
  const policy = securityHeaders(html, options)['content-security-policy'] ?? ''
  const found = policy.split('; ').find((part) => part.startsWith(`${name} `))
  return found?.split(' ').slice(1) ?? []
}

describe('securityHeaders', () => {
  it('allows exactly the inline scripts of the page, by their hashes', () => {
    expect(directive('script-src', { embedded: true })).toEqual(['\'self\'', hash('{"imports":{}}'), hash('window.__NUXT__={}')])
  })

  it('never allows unsafe sources', () => {
    for (const embedded of [true, false]) {
      expect(securityHeaders(html, { embedded })['content-security-policy']).not.toContain('unsafe')
    }
  })

  it('keeps connections to the own origin while app and API share it', () => {
    expect(directive('connect-src', { embedded: true })).toEqual(['\'self\''])
  })

  it('adds the hosted project with its socket, and its recordings', () => {
    const hosted = { embedded: false, apiUrl: 'https://project.supabase.co/' }
    expect(directive('connect-src', hosted)).toEqual(['\'self\'', 'https://project.supabase.co', 'wss://project.supabase.co'])
    expect(directive('media-src', hosted)).toContain('https://project.supabase.co')
  })

  it('lets the app report its failures where it was told to, and nowhere else', () => {
    expect(directive('connect-src', { embedded: false, errorDsn: 'https://key@errors.example/42' })).toEqual(['\'self\'', 'https://errors.example'])
  })

  it('insists on https only where there is any', () => {
    expect(securityHeaders(html, { embedded: true })).not.toHaveProperty('strict-transport-security')
    expect(securityHeaders(html, { embedded: false })).toHaveProperty('strict-transport-security')
  })

  it('forbids framing and guessing of types', () => {
    const headers = securityHeaders('', { embedded: true })
    expect(headers['content-security-policy']).toContain('frame-ancestors \'none\'')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })
})

describe('cacheControl', () => {
  it('keeps hashed assets for ever', () => {
    expect(cacheControl('/_nuxt/DLAlEdGF.js')).toContain('immutable')
  })

  it.each(['/', '/200.html', '/config.js', '/_nuxt/builds/latest.json'])('asks again for %s', (path) => {
    expect(cacheControl(path)).toBe('no-cache')
  })
})
