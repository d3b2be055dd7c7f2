/** REST, Auth and Storage: @supabase/lite in this process, on our Postgres. Its differences from the hosted services end here. */
import './liteSwitches.ts'
import { join } from 'node:path'
import { connect } from './apiConnection.ts'
import { mailsWithRedirect, type Mail } from './apiMail.ts'
import { answerRepeats } from './apiRepeats.ts'
import { withHeadersOf } from './apiSession.ts'
import { answerAuth } from './auth/index.ts'
import { trimLog, withConsoleIn } from './consoleToFile.ts'
import { fileStorage } from './fileStorage.ts'

export interface ApiOptions {
  databaseUrl: string
  siteUrl: string
  jwtSecret: string
  publishableKey: string
  secretKey: string
  /** Keeps the stored files and the API's log. */
  folder: string
  sendMail: (mail: Mail) => Promise<void>
}

export interface Api {
  fetch(request: Request): Promise<Response>
  close(): Promise<void>
}

export async function startApi(options: ApiOptions): Promise<Api> {
  const log = join(options.folder, 'api.log')
  trimLog(log)
  const mails = mailsWithRedirect(options.sendMail)
  const { App } = await import('@supabase/lite')
  const connection = await connect(options.databaseUrl)
  const services = { drivers: { email: mails }, server: { disableStudio: true } }
  const app = new App({ connection, ...liteConfiguration(options), options: services } as unknown as ConstructorParameters<typeof App>[0])
  app._storageAdapter = fileStorage(join(options.folder, 'storage'))
  await withConsoleIn(log, () => app.init())
  const parts = { sql: connection.driver, siteUrl: options.siteUrl, jwtSecret: options.jwtSecret, send: (mail: Mail) => mails.send(mail) }
  const answer = (request: Request) => answerRepeats(request, (given) => app.fetch(given), parts)
  return {
    fetch: (request) => withConsoleIn(log, () => withHeadersOf(request, () => mails.during(request, () => answerAuth(request, answer, parts)))),
    close: () => connection.close(),
  }
}

/** Mirrors config.toml, which the hosted project reads; a test compares the two. */
export function configuration(options: Pick<ApiOptions, 'siteUrl' | 'jwtSecret' | 'publishableKey' | 'secretKey'>) {
  return {
    api: { schemas: ['public'], max_rows: 1000 },
    auth: {
      enabled: true,
      site_url: options.siteUrl,
      additional_redirect_urls: [`${options.siteUrl}/**`],
      jwt_secret: options.jwtSecret,
      jwt_expiry: 3600,
      publishable_key: options.publishableKey,
      secret_key: options.secretKey,
      minimum_password_length: 8,
      password_requirements: 'lower_upper_letters_digits_symbols',
      email: { enable_confirmations: true, double_confirm_changes: true, require_current_password: true, max_frequency: '1s' },
      sessions: { inactivity_timeout: '720h' },
      mfa: { max_enrolled_factors: 10, totp: { enroll_enabled: true, verify_enabled: true } },
    },
    storage: { enabled: true, file_size_limit: '200MiB' },
  }
}

/** Without what the local service does not know; auth/ does it instead. */
function liteConfiguration(options: ApiOptions) {
  const { auth: { email: { require_current_password: _asked, ...email }, ...auth }, ...others } = configuration(options)
  return { ...others, auth: { ...auth, email } }
}
