/** How a request becomes an answer: the key is checked, faults strike, and a key for idempotency gets its first answer again. */
import { createHash } from 'node:crypto'
import type { Context, Handler, MiddlewareHandler } from 'hono'
import { dropped } from '../../shared/httpServer.ts'
import { API_VERSION, type Provider } from '../provider.ts'
import type { Facts, Remembered } from '../things.ts'
import { fingerprint, parseForm, type Form } from './form.ts'
import { newId } from './ids.ts'
import { invalid, Refusal } from './refusal.ts'

const FORM = 'application/x-www-form-urlencoded'
const KEPT_SECONDS = 24 * 3600
const LONGEST_KEY = 255

export interface Asked { form: Form, id: string, key: string | null }
interface Answer { status: number, body: Facts, isForgotten?: boolean, isReplayed?: string }
type Work = (provider: Provider, asked: Asked) => object

interface Kind {
  /** Moves money, or opens the way to it. */
  isForMoney?: boolean
}

/** A request without the key is refused before it is looked at. */
export function guard(provider: Provider): MiddlewareHandler {
  return async (context, next) => {
    const [fault] = provider.faults.draw('guard')
    if (fault?.guard) return headed(context, fault.guard() ?? dropped(), newId('req', 14))
    const given = keyOf(context.req.header('authorization') ?? '')
    if (given === provider.secretKey) return next()
    const message = given === '' ? 'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. \'Authorization: Bearer YOUR_SECRET_KEY\').' : `Invalid API Key provided: ${masked(given)}`
    return respond(context, refusalAnswer(new Refusal({ status: 401, type: 'invalid_request_error', message })), newId('req', 14))
  }
}

function keyOf(header: string): string {
  const [scheme = '', value = ''] = header.split(' ')
  return scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString().split(':')[0] ?? '' : value
}

const masked = (key: string): string => `${key.slice(0, 8)}${'*'.repeat(Math.max(0, key.length - 12))}${key.slice(-4)}`

export function answering(provider: Provider, work: Work, { isForMoney = false }: Kind = {}): Handler {
  return async (context) => {
    const requestId = newId('req', 14)
    const answer = await answerTo(provider, context, { work, requestId, isForMoney })
    return answer ? respond(context, answer, requestId) : dropped()
  }
}

interface Order { work: Work, requestId: string, isForMoney: boolean }

async function answerTo(provider: Provider, context: Context, order: Order): Promise<Answer | null> {
  try {
    if (context.req.method !== 'POST') return { status: 200, body: execute(provider, order, { form: parseForm(new URL(context.req.url).search), id: context.req.param('id') ?? '', key: null }) }
    const asked = { form: await bodyOf(context), id: context.req.param('id') ?? '', key: context.req.header('idempotency-key') ?? null }
    return await once(provider, context.req.path, asked, order)
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error)
    throw error
  }
}

async function bodyOf(context: Context): Promise<Form> {
  const text = await context.req.text()
  if (text !== '' && !context.req.header('content-type')?.startsWith(FORM)) throw invalid(`Invalid request (check that your POST content type is ${FORM}). If you have any questions, we can help at https://support.stripe.com/.`)
  return parseForm(text)
}

/** Carries a request out once for its key; while it is being carried out, the key is in use. */
async function once(provider: Provider, path: string, asked: Asked, order: Order): Promise<Answer | null> {
  const { key } = asked
  if (key !== null && key.length > LONGEST_KEY) throw invalid('Idempotency key length is 255 characters or less.')
  const known = key === null ? undefined : provider.books.remembered.find(key)
  if (known && known.created > provider.seconds() - KEPT_SECONDS) return again(known, { path, asked })
  if (key !== null && provider.keysInUse.has(key)) throw new Refusal({ status: 409, type: 'idempotency_error', code: 'idempotency_key_in_use', message: `There is currently another in-progress request using this idempotency key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.` })
  if (key !== null) provider.keysInUse.add(key)
  try {
    const answer = await carriedOut(provider, asked, order)
    if (key !== null && answer.isForgotten !== true) {
      provider.books.remembered.add({ id: key, object: 'idempotency', created: provider.seconds(), path, fingerprint: printOf(asked.form), requestId: order.requestId, status: answer.status, body: answer.body })
    }
    return answer.isForgotten === true ? answer : bent(provider, answer, { asked, order })
  } finally {
    if (key !== null) provider.keysInUse.delete(key)
  }
}

const printOf = (form: Form): string => createHash('sha256').update(fingerprint(form)).digest('hex')

function again(known: Remembered, { path, asked }: { path: string, asked: Asked }): Answer {
  const mistaken = (message: string) => new Refusal({ status: 400, type: 'idempotency_error', message: `Keys for idempotent requests can only be used ${message} Try using a key other than '${known.id}' if you meant to execute a different request.` })
  if (known.path !== path) throw mistaken(`for the same endpoint they were first used for ('${path}' vs '${known.path}').`)
  if (known.fingerprint !== printOf(asked.form)) throw mistaken('with the same parameters they were first used with.')
  return { status: known.status, body: known.body, isReplayed: known.requestId }
}

async function carriedOut(provider: Provider, asked: Asked, order: Order): Promise<Answer> {
  const [hold] = order.isForMoney ? provider.faults.draw('hold') : []
  if (hold?.holdsSeconds !== undefined) await provider.pacer.wait(hold.holdsSeconds).catch(() => undefined)
  const [fault] = order.isForMoney ? provider.faults.draw('refuse') : []
  try {
    if (fault?.refuse) throw fault.refuse()
    return { status: 200, body: execute(provider, order, asked) }
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error)
    throw error
  }
}

/** After the work is done the answer may still go wrong; an error that was answered is what the key gets from then on. */
function bent(provider: Provider, answer: Answer, { asked, order }: { asked: Asked, order: Order }): Answer | null {
  const [fault] = order.isForMoney ? provider.faults.draw('answer') : []
  if (!fault?.answer) return answer
  const refusal = fault.answer()
  if (!refusal) return null
  const wrong = refusalAnswer(refusal)
  const known = provider.books.remembered.find(asked.key ?? '')
  if (known) provider.books.remembered.change(known, { status: wrong.status, body: wrong.body })
  return wrong
}

function execute(provider: Provider, { work, requestId }: Order, asked: Asked): Facts {
  return provider.teller.together(() => work(provider, asked), { id: requestId, idempotency_key: asked.key }) as Facts
}

const refusalAnswer = (refusal: Refusal): Answer => ({ status: refusal.refusing.status, body: refusal.body(), isForgotten: refusal.isForgotten })

function respond(context: Context, { status, body, isReplayed }: Answer, requestId: string): Response {
  return headed(context, Response.json(body, { status, headers: isReplayed === undefined ? {} : { 'idempotent-replayed': 'true', 'original-request': isReplayed } }), requestId)
}

function headed(context: Context, response: Response, requestId: string): Response {
  response.headers.set('request-id', requestId)
  response.headers.set('stripe-version', context.req.header('stripe-version') ?? API_VERSION)
  const key = context.req.header('idempotency-key')
  if (key !== undefined && context.req.method === 'POST') response.headers.set('idempotency-key', key)
  return response
}
