import type { LogLevel } from '../../../business/models/runtime.ts'

/** The settings of the functions; .env.example describes each. Everything else is decided by the database. */
export interface Env {
  supabaseUrl: string
  /** Passes every row policy: leaves this process only towards Supabase itself. */
  secretKey: string
  /** The project's public key, under which a person's own token is shown. */
  publishableKey: string
  /** Where providers reach us; differs from supabaseUrl behind a tunnel. */
  publicUrl: string
  cronSecrets: string[]
  /** Of those who collect figures. */
  metricsSecrets: string[]
  vapi: { apiKey: string, baseUrl: string, webhookSecrets: string[] }
  stripe: { apiKey: string, baseUrl: string, webhookSecrets: string[], isLive: boolean }
  resend: { apiKey: string, baseUrl: string, from: string }
  /** A model for conversations that the provider did not analyse. */
  analyser: { apiKey: string, baseUrl: string, model: string }
  /** The origin of the app: links in mails, the way back from the payment page, and who may ask from a browser. */
  appUrl: string
  /** Where failures are reported, and what this installation is called there. */
  errorTracking: { dsn: string, environment: string }
  logLevel: LogLevel
}

export function readEnv(): Env {
  const supabaseUrl = required('SUPABASE_URL')
  return {
    supabaseUrl,
    secretKey: required('OUTDIAL_SECRET_KEY'),
    publishableKey: optional('OUTDIAL_PUBLISHABLE_KEY', ''),
    publicUrl: optional('OUTDIAL_PUBLIC_URL', supabaseUrl),
    cronSecrets: list('CRON_SECRET'),
    metricsSecrets: list('METRICS_SECRET'),
    vapi: {
      apiKey: optional('VAPI_API_KEY', ''),
      baseUrl: optional('VAPI_BASE_URL', 'https://api.vapi.ai'),
      webhookSecrets: list('VAPI_WEBHOOK_SECRET'),
    },
    stripe: {
      apiKey: optional('STRIPE_SECRET_KEY', ''),
      baseUrl: optional('STRIPE_BASE_URL', 'https://api.stripe.com'),
      webhookSecrets: list('STRIPE_WEBHOOK_SECRET'),
      isLive: optional('STRIPE_LIVE', 'false') === 'true',
    },
    resend: {
      apiKey: optional('RESEND_API_KEY', ''),
      baseUrl: optional('RESEND_BASE_URL', 'https://api.resend.com'),
      from: optional('MAIL_FROM', ''),
    },
    analyser: {
      apiKey: optional('OUTDIAL_ANALYSER_API_KEY', ''),
      baseUrl: optional('OUTDIAL_ANALYSER_BASE_URL', 'https://api.openai.com/v1'),
      model: optional('OUTDIAL_ANALYSER_MODEL', ''),
    },
    appUrl: optional('OUTDIAL_APP_URL', '').replace(/\/$/, ''),
    errorTracking: { dsn: optional('OUTDIAL_ERROR_DSN', ''), environment: optional('OUTDIAL_ENVIRONMENT', '') },
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
