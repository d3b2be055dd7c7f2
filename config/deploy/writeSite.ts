/**
 * After a build: puts beside .output/public what the host needs to know, as .output/site. `public/` there is what any static host
 * serves, `headers.conf` and `nginx.conf` are nginx's.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { securityTxt } from '../securityTxt.ts'
import type { WebConfig } from '../webConfig.ts'
import { headersFile, nginxHeaders, nginxServer, redirectsFile } from './webServer.ts'

interface Options { built: string, site: string, env: NodeJS.ProcessEnv, now: Date }

export function writeSite({ built, site, env, now }: Options): void {
  const { SUPABASE_URL: apiUrl = '', OUTDIAL_PUBLISHABLE_KEY: publishableKey = '', OUTDIAL_APP_URL: appUrl = '', OUTDIAL_SECURITY_CONTACT: contact = '' } = env
  const errorDsn = env.OUTDIAL_APP_ERROR_DSN || undefined
  const providers = (env.OUTDIAL_SIGN_IN_PROVIDERS ?? '').split(',').map((name) => name.trim()).filter(Boolean)
  rmSync(site, { recursive: true, force: true })
  cpSync(built, join(site, 'public'), { recursive: true })
  const pages = { html: readFileSync(join(built, '200.html'), 'utf8'), apiUrl, errorDsn }
  mkdirSync(join(site, 'public', '.well-known'), { recursive: true })
  const files: Record<string, string> = {
    'public/config.js': configScript({ apiUrl: apiUrl.replace(/\/$/, ''), publishableKey, ...(providers.length > 0 && { providers }), ...(errorDsn && { errorDsn }) }),
    'public/.well-known/security.txt': securityTxt({ contact, appUrl, now }),
    'public/_headers': headersFile(pages),
    'public/_redirects': redirectsFile,
    'headers.conf': nginxHeaders(pages),
    'nginx.conf': nginxServer({ host: new URL(appUrl).host, folder: env.OUTDIAL_WEB_TARGET?.split(':')[1] || '/var/www/outdial' }),
  }
  for (const [file, content] of Object.entries(files)) writeFileSync(join(site, file), content)
}

/** What is not said is as on any real host: see readWebConfig. */
function configScript(config: Pick<WebConfig, 'apiUrl' | 'publishableKey'> & Partial<Pick<WebConfig, 'errorDsn' | 'providers'>>): string {
  if (!config.apiUrl || !config.publishableKey.startsWith('sb_publishable_')) throw new Error('SUPABASE_URL and a publishable key are needed; no other key belongs there.')
  return `window.__OUTDIAL__ = ${JSON.stringify({ ...config, embedded: false })};\n`
}

if (import.meta.main) {
  writeSite({ built: '.output/public', site: '.output/site', env: process.env, now: new Date() })
  process.stdout.write('.output/site is ready\n')
}
