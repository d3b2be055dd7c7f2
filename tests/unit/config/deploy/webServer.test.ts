import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { headersFile, nginxHeaders, nginxServer } from '../../../../config/deploy/webServer.ts'
import { writeSite } from '../../../../config/deploy/writeSite.ts'
import { securityHeaders } from '../../../../config/securityHeaders.ts'

const site = { html: '<script>window.__NUXT__={}</script>', apiUrl: 'https://ref.supabase.co' }
const headers = securityHeaders(site.html, { embedded: false, apiUrl: site.apiUrl })

interface Directive { words: string[], block?: Directive[] }

/** As nginx reads a file: words, quoted or not, up to a semicolon or a block. Throws where nginx would. */
function parse(text: string): Directive[] {
  const tokens = [...text.replace(/^\s*#.*$/gm, '').matchAll(/"((?:[^"\\]|\\.)*)"|([{};])|([^\s{};"]+)/g)].map(([whole, quoted]) => ({ whole, value: quoted ?? whole }))
  const read = (isInside: boolean): Directive[] => {
    const found: Directive[] = []
    let words: string[] = []
    for (let token = tokens.shift(); token; token = tokens.shift()) {
      if (token.whole === '}') {
        if (!isInside || words.length > 0) throw new Error(`unexpected } after ${words.join(' ')}`)
        return found
      }
      if (token.whole !== ';' && token.whole !== '{') words.push(token.value)
      else {
        if (words.length === 0) throw new Error(`unexpected ${token.whole}`)
        found.push(token.whole === '{' ? { words, block: read(true) } : { words })
        words = []
      }
    }
    if (isInside || words.length > 0) throw new Error('unexpected end')
    return found
  }
  return read(false)
}
const named = (list: Directive[] | undefined, name: string) => (list ?? []).filter(({ words }) => words[0] === name)

describe('what nginx is told', () => {
  const config = parse(nginxServer({ host: 'app.example', folder: '/var/www/outdial' }))
  const [plain, secure] = named(config, 'server')

  it('is written as nginx reads it', () => {
    expect(config.map(({ words }) => words[0])).toEqual(['map', 'server', 'server'])
    expect(() => parse('server { listen 80 }')).toThrow('unexpected }')
    expect(() => parse('server {')).toThrow('unexpected end')
  })

  it('is the very headers that the local stack sends', () => {
    const sent = parse(nginxHeaders(site)).map(({ words: [verb, name, value, always] }) => [verb, name, value, always])
    expect(sent).toEqual(Object.entries(headers).map(([name, value]) => ['add_header', name, value, 'always']))
  })

  it('forgets no header on the way: no location adds one of its own', () => {
    expect(named(secure?.block, 'include')[0]?.words[1]).toBe('/var/www/outdial/current/headers.conf')
    for (const { block } of [...named(secure?.block, 'location'), ...named(secure?.block, 'if')]) expect(named(block, 'add_header')).toEqual([])
  })

  it('keeps hashed files for ever and asks for the rest again', () => {
    const rules = new Map(config[0]!.block!.map(({ words: [path = '', value = ''] }) => [path, value]))
    expect(rules.get('default')).toBe('no-cache')
    const [hashed] = [...rules.keys()].filter((key) => key.startsWith('~'))
    expect(rules.get(hashed!)).toContain('immutable')
    expect([new RegExp(hashed!.slice(1)).test('/_nuxt/entry.js'), new RegExp(hashed!.slice(1)).test('/_nuxt/builds/latest.json')]).toEqual([true, false])
  })

  it('answers over https alone, shows hidden files to nobody, and gives unknown paths to the app', () => {
    expect(named(plain?.block, 'return')[0]?.words).toEqual(['return', '301', 'https://$host$request_uri'])
    const locations = Object.fromEntries(named(secure?.block, 'location').map(({ words, block }) => [words.slice(1).join(' '), block!.map((each) => each.words.join(' '))]))
    expect(locations).toMatchObject({ '/': ['try_files $uri $uri/index.html /200.html'], '/_nuxt/': ['try_files $uri =404'], '~ /\\.': ['return 404'] })
  })

  it.each([['app.example; return 200', '/var/www'], ['app.example', '/var/www; }'], ['app.example', 'relative']])('is nothing for %j in %j', (host, folder) => {
    expect(() => nginxServer({ host, folder })).toThrow('A host is a name')
  })
})

describe('what other hosts are told', () => {
  it('is the same', () => {
    const [all = '', hashed = ''] = headersFile(site).split('\n/_nuxt/*\n')
    expect(all.split('\n').slice(1).map((line) => line.trim())).toEqual(Object.entries(headers).map(([name, value]) => `${name}: ${value}`))
    expect(hashed).toBe('  cache-control: public, max-age=31536000, immutable\n')
  })
})

describe('the site', () => {
  const env = { SUPABASE_URL: 'https://ref.supabase.co/', OUTDIAL_PUBLISHABLE_KEY: 'sb_publishable_k', OUTDIAL_APP_URL: 'https://app.example', OUTDIAL_SECURITY_CONTACT: 'mailto:a@app.example', OUTDIAL_SECRET_KEY: 'hunter2' }
  function write(changes: Record<string, string> = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'site-'))
    mkdirSync(join(folder, 'built'))
    writeFileSync(join(folder, 'built/200.html'), site.html)
    try {
      writeSite({ built: join(folder, 'built'), site: join(folder, 'site'), env: { ...env, ...changes }, now: new Date() })
      return Object.fromEntries(['public/200.html', 'public/config.js', 'public/_headers', 'public/_redirects', 'public/.well-known/security.txt', 'headers.conf', 'nginx.conf']
        .map((file) => [file, readFileSync(join(folder, 'site', file), 'utf8')]))
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  it('has all that a host needs, and no secret', () => {
    const files = write()
    expect(files['public/config.js']).toBe('window.__OUTDIAL__ = {"apiUrl":"https://ref.supabase.co","publishableKey":"sb_publishable_k","embedded":false};\n')
    expect(files['headers.conf']).toBe(nginxHeaders({ html: site.html, apiUrl: env.SUPABASE_URL }))
    expect(files['nginx.conf']).toContain('root /var/www/outdial/current/public;')
    expect(Object.values(files).join()).not.toContain('hunter2')
  })

  it('tells app and policy alike where failures are reported', () => {
    const files = write({ OUTDIAL_APP_ERROR_DSN: 'https://k@errors.example/1' })
    expect(files['public/config.js']).toContain('"errorDsn":"https://k@errors.example/1"')
    for (const file of ['headers.conf', 'public/_headers']) expect(files[file]).toMatch(/connect-src [^;]*https:\/\/errors\.example[ ;]/)
  })

  it('offers the ways to sign in that are set up, and no other', () => {
    expect(write({ OUTDIAL_SIGN_IN_PROVIDERS: 'github, google' })['public/config.js']).toContain('"providers":["github","google"]')
    expect(write()['public/config.js']).not.toContain('providers')
  })

  it('is not written with a key that is no browser\'s', () => {
    expect(() => write({ OUTDIAL_PUBLISHABLE_KEY: 'sb_secret_k' })).toThrow('a publishable key')
  })
})
