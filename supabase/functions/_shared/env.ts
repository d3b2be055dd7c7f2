import type { LogLevel } from '../../../business/models/runtime.ts'

/** The settings of the functions; .env.example describes each. Everything else is decided by the database. */
export interface Env {
  supabaseUrl: string
  /** Passes every row policy: leaves this process only towards Supabase itself. */
  secretKey: string
  /** Where providers reach us; differs from supabaseUrl behind a tunnel. */
  publicUrl: string
  cronSecrets: string[]
  vapi: { apiKey: string, baseUrl: string, webhookSecrets: string[] }
  logLevel: LogLevel
}

export function readEnv(): Env {
  const supabaseUrl = required('SUPABASE_URL')
  return {
    supabaseUrl,
    secretKey: required('OUTDIAL_SECRET_KEY'),
    publicUrl: optional('OUTDIAL_PUBLIC_URL', supabaseUrl),
    cronSecrets: list('CRON_SECRET'),
    vapi: {
      apiKey: optional('VAPI_API_KEY', ''),
      baseUrl: optional('VAPI_BASE_URL', 'https://api.vapi.ai'),
      webhookSecrets: list('VAPI_WEBHOOK_SECRET'),
    },
    logLevel: logLevel(optional('LOG_LEVEL', 'info')),
  }
}

function required(name: string): string {
  const value = optional(name, '')
  if (!value) throw new Error(`The functions need ${name} in their environment.`)
  return value
}

function optional(name: string, fallback: string): string {
  return Deno.env.get(name)?.trim() || fallback
}

/** Several values separated by commas, the newest first: during a rotation the old one is still accepted. */
function list(name: string): string[] {
  return optional(name, '').split(',').map((part) => part.trim()).filter(Boolean)
}

function logLevel(value: string): LogLevel {
  return value === 'debug' || value === 'warn' || value === 'error' ? value : 'info'
}
