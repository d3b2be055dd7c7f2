import { existsSync } from 'node:fs'
import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)

/** What a person may set for `npm start`; .env.example describes each. Nothing is needed: the stack makes its own. */
export const envSchema = z.object({
  OUTDIAL_PORT: port.optional(),
  OUTDIAL_DATA_DIR: z.string().min(1).optional(),
  VAPI_API_KEY: z.string().min(1).optional(),
  VAPI_BASE_URL: z.url().optional(),
  STRIPE_SECRET_KEY: z.string().min(1).optional(),
  STRIPE_BASE_URL: z.url().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).optional(),
})

export type Env = z.infer<typeof envSchema>

/** Reads the environment, first adding what a .env beside package.json says; a wrong value is named before anything starts. */
export function readEnv(file = '.env', env: NodeJS.ProcessEnv = process.env): Env {
  if (existsSync(file)) process.loadEnvFile(file)
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = envSchema.safeParse(filled)
  if (result.success) return result.data
  const complaints = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new Error(`The environment is not as expected (see .env.example):\n${complaints.join('\n')}`)
}
