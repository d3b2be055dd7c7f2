import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { requestId } from 'hono/request-id'
import { AppError, errorStatus, type ErrorCode } from '../../../business/models/appError.ts'
import type { Log, LogLevel } from '../../../business/models/runtime.ts'
import { createLog } from './log.ts'

/** What every handler finds in its context. */
export interface FunctionContext {
  Variables: { requestId: string, log: Log }
}

/** A report with a transcript of half an hour is well below this. */
const largestBodyBytes = 10 * 1024 * 1024

/**
 * The frame of every function: its path as on Supabase, a request id on every answer and in every log line, a limit for
 * bodies, and one translation of errors. Only functions that the app calls name its origin; no other page may ask.
 */
export function createApp(name: string, logLevel: LogLevel, appUrl = ''): Hono<FunctionContext> {
  const app = new Hono<FunctionContext>().basePath(`/${name}`)
  app.use(requestId())
  if (appUrl) app.use(cors(allowOnly(appUrl)))
  app.use(async (c, next) => {
    c.set('log', createLog(logLevel, { function: name, request_id: c.get('requestId') }))
    await next()
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
    allowHeaders: ['authorization', 'apikey', 'content-type'],
    exposeHeaders: ['x-request-id'],
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
