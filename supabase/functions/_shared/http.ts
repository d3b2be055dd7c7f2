import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { requestId } from 'hono/request-id'
import { AppError, errorStatus, type ErrorCode } from '../../../business/models/appError.ts'
import type { Log, LogLevel } from '../../../business/models/runtime.ts'
import { createLog } from './log.ts'
import { withinRequest } from './requestScope.ts'

/** What every handler finds in its context. */
export interface FunctionContext {
  Variables: { requestId: string, log: Log }
}

/** What people and the tick ask for is a few words. */
const usualBodyBytes = 64 * 1024
/** For webhooks: a report with a transcript of half an hour is well below this. */
export const webhookBodyBytes = 10 * 1024 * 1024

/** An answer is data for the one who asked: nothing in it is run, framed, guessed at, or kept by anybody on the way. */
const answerHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': 'default-src \'none\'; frame-ancestors \'none\'',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
}

/**
 * The frame of every function: its path as on Supabase, a request id on every answer and in every log line, a limit for
 * bodies, and one translation of errors. Only functions that the app calls name its origin; no other page may ask.
 */
export function createApp(name: string, logLevel: LogLevel, appUrl = '', largestBodyBytes = usualBodyBytes): Hono<FunctionContext> {
  const app = new Hono<FunctionContext>().basePath(`/${name}`)
  app.use(requestId())
  app.use(async (c, next) => {
    await next()
    for (const [header, value] of Object.entries(answerHeaders)) c.res.headers.set(header, value)
  })
  if (appUrl) app.use(cors(allowOnly(appUrl)))
  app.use(async (c, next) => {
    c.set('log', createLog(logLevel, { function: name, request_id: c.get('requestId') }))
    await withinRequest(c.get('requestId'), next)
  })
  app.use(bodyLimit({ maxSize: largestBodyBytes, onError: (c) => answerFailure(c, new AppError('too_large', 'The body is too large.')) }))
  app.notFound((c) => answerFailure(c, new AppError('not_found', 'There is nothing here.')))
  app.onError((error, c) => answerError(c as Context<FunctionContext>, error))
  return app
}

/** The token travels in a header, never in a cookie, so no credentials are allowed. */
function allowOnly(appUrl: string) {
  const { origin } = new URL(appUrl)
  return {
    origin: [origin],
    allowMethods: ['POST', 'DELETE'],
    allowHeaders: ['authorization', 'apikey', 'content-type', 'x-request-id'],
    exposeHeaders: ['x-request-id', 'retry-after'],
    maxAge: 86_400,
  }
}

/** Only AppErrors were worded for a caller; whatever else was thrown is told to the log alone. */
function answerError(c: Context<FunctionContext>, error: Error): Response {
  const failure = error instanceof AppError ? error : new AppError('internal', 'Something went wrong.')
  const level = errorStatus[failure.code] >= 500 ? 'error' : 'warn'
  c.get('log')?.(level, 'request.failed', { code: failure.code, error: level === 'error' ? String(error) : failure.message })
  return answerFailure(c, failure)
}

function answerFailure(c: Context, { code, message, details }: AppError): Response {
  const { retry_after_seconds: seconds } = (details ?? {}) as { retry_after_seconds?: unknown }
  if (code === 'rate_limited' && typeof seconds === 'number') c.header('retry-after', String(seconds))
  return c.json({ success: false, error: { code, message, details: isInternal(code) ? null : details } }, errorStatus[code])
}

const isInternal = (code: ErrorCode) => errorStatus[code] >= 500

/** The body of a request of the app; what it may hold is the schema's answer. */
export async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json()
  } catch {
    throw new AppError('invalid_input', 'The body is not JSON.')
  }
}
