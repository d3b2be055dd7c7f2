/** REST, Auth and Storage: @supabase/lite in this process, on our Postgres. */
import './liteSwitches.ts'
import { join } from 'node:path'
import { fileStorage } from './fileStorage.ts'

/** A mail as the auth service hands it over. */
export interface Mail { to: string | string[], subject: string, text?: string, html?: string }

export interface ApiOptions {
  databaseUrl: string
  siteUrl: string
  jwtSecret: string
  publishableKey: string
  secretKey: string
  storageFolder: string
  sendMail: (mail: Mail) => Promise<void>
}

export interface Api {
  fetch(request: Request): Promise<Response>
  close(): Promise<void>
}

/** The API hands JSON arguments over as text; encoded once more they would arrive in the database as JSON strings. */
const plainJson = (oid: number) => ({
  to: oid, from: [oid],
  serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
  parse: (text: string): unknown => JSON.parse(text),
})

/** The settings here mirror config.toml, which the hosted project reads. */
export async function startApi(options: ApiOptions): Promise<Api> {
  const { App } = await import('@supabase/lite')
  const { createPostgresConnection } = await import('@supabase/lite/postgres')
  const connection = createPostgresConnection({
    url: options.databaseUrl,
    postgresOptions: { onnotice: () => undefined, max: 20, connection: { statement_timeout: 8_000 }, types: { json: plainJson(114), jsonb: plainJson(3802) } },
  })
  // Left to itself the connection grants everything on every table with row level security to anon and authenticated.
  // Told that the roles are ready (the bootstrap made them), it leaves our grants alone; a conformance test watches this.
  Object.assign(connection, { rlsState: 'active' })
  const app = new App({
    connection,
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
      email: { enable_confirmations: true, max_frequency: '1s' },
    },
    storage: { enabled: true, file_size_limit: '200MiB' },
    options: { drivers: { email: { send: options.sendMail } }, server: { disableStudio: true } },
  } as unknown as ConstructorParameters<typeof App>[0])
  app._storageAdapter = fileStorage(join(options.storageFolder))
  await app.init()
  return { fetch: request => app.fetch(request), close: () => connection.close() }
}
