/** The payment page: plain forms, so that it works without a script and under the strictest policy. */
import { Hono, type Context } from 'hono'
import { securityHeaders } from '../../../../../config/securityHeaders.ts'
import { refusedAsForeign } from '../../shared/guard.ts'
import { expireOld, type Outcome, type Payer } from '../acts/checkout.ts'
import { createDesk } from '../desk.ts'
import type { Provider } from '../provider.ts'
import type { Session } from '../things.ts'
import type { Markup } from './html.ts'
import { challengeView, closedView, filledIn, paymentView } from './views.ts'

export function hostedPages(provider: Provider): Hono {
  const desk = createDesk(provider)
  const app = new Hono()
  app.use((context, next) => {
    const refused = refusedAsForeign(context.req.raw, { acceptsForms: true, acceptsLinks: true })
    return refused ? Promise.resolve(new Response(refused.why, { status: refused.status })) : next()
  })
  app.get('/:id', (context) => show(provider, sessionOf(provider, context)))
  app.post('/:id', async (context) => {
    const session = sessionOf(provider, context)
    if (!session) return page(closedView(undefined), undefined, 404)
    return after(provider, session, desk.pay(session.id, payerOf(await context.req.parseBody())))
  })
  app.get('/:id/challenge', (context) => {
    const session = sessionOf(provider, context)
    return session?.status === 'open' && session.hidden.challenged !== null ? page(challengeView(session), session) : show(provider, session)
  })
  app.post('/:id/challenge', async (context) => {
    const session = sessionOf(provider, context)
    if (!session) return page(closedView(undefined), undefined, 404)
    return after(provider, session, desk.answerChallenge(session.id, (await context.req.parseBody()).answer === 'yes'))
  })
  return app
}

function sessionOf(provider: Provider, context: Context): Session | undefined {
  expireOld(provider)
  return provider.books.sessions.find(context.req.param('id') ?? '')
}

function show(provider: Provider, session: Session | undefined, message?: string): Response {
  if (!session) return page(closedView(undefined), undefined, 404)
  if (session.status !== 'open') return page(closedView(session), session)
  const saved = provider.books.methods.list().filter(({ customer, type }) => session.mode === 'payment' && type === 'card' && customer !== null && customer === session.customer)
  const view = paymentView({ session, customer: provider.books.customers.find(session.customer ?? ''), saved, message })
  return page(view, session)
}

/** Whoever presses twice, or comes back with the browser's button, is led on in the same way. */
function after(provider: Provider, session: Session, outcome: Outcome): Response {
  switch (outcome.kind) {
    case 'complete': return led(filledIn(session.success_url, session))
    case 'challenge': return led(`${provider.pageOrigin}/payments/pay/${session.id}/challenge`)
    case 'refused': return show(provider, session, outcome.message)
    case 'closed': return show(provider, session)
  }
}

const led = (location: string): Response => new Response(null, { status: 303, headers: { location } })

function payerOf(body: Record<string, unknown>): Payer {
  const text = (name: string) => typeof body[name] === 'string' ? body[name].trim() || undefined : undefined
  const [month, year] = (text('expires') ?? '').split('/').map((part) => Number(part.trim()))
  return {
    number: text('test') ?? text('number'), saved: text('saved'), email: text('email'), name: text('name'),
    ...(text('test') === undefined && month && year ? { expMonth: month, expYear: year < 100 ? 2000 + year : year } : {}),
  }
}

/** A form that leads to the shop is a form of this page, wherever the shop lives. */
function page({ text }: Markup, session: Session | undefined, status = 200): Response {
  const { 'content-security-policy': policy = '', ...headers } = securityHeaders('', { embedded: true })
  const shop = session ? ` ${new URL(session.success_url).origin}` : ''
  return new Response(text, { status, headers: { ...headers, 'content-security-policy': policy.replace('form-action \'self\'', `form-action 'self'${shop}`), 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } })
}
