/** What a person sees: the payment page, the bank's question, and the end of it. */
import { TEST_METHODS, type TestMethod } from '../cards.ts'
import type { Customer, PaymentMethod, Session } from '../things.ts'
import { html, type Markup } from './html.ts'

interface Shown { session: Session, customer?: Customer, saved: PaymentMethod[], message?: string }

export function paymentView({ session, customer, saved, message }: Shown): Markup {
  const isPayment = session.mode === 'payment'
  const email = session.customer_email ?? customer?.email ?? ''
  return frame(isPayment ? 'Pay' : 'Save a card', html`
    ${summary(session)}
    ${message !== undefined && html`<p class="notice failure" role="alert">${message}</p>`}
    <form method="post" action="${formOf(session)}" class="pay" autocomplete="off">
      ${saved.length > 0 && html`<fieldset><legend>Saved cards</legend><ul class="methods">${saved.map(savedRow)}</ul></fieldset>`}
      <fieldset class="card">
        <legend>Card</legend>
        <label>E-mail<input type="email" name="email" value="${email}" required></label>
        <label>Card number<input name="number" inputmode="numeric" required maxlength="23" pattern="[0-9 ]{12,23}" placeholder="4242 4242 4242 4242" aria-describedby="no-real-card"></label>
        <div class="pair">
          <label>Expires<input name="expires" inputmode="numeric" required maxlength="7" pattern="[0-9]{1,2} ?/ ?[0-9]{2,4}" placeholder="12 / 34"></label>
          <label>Security code<input name="code" inputmode="numeric" required maxlength="4" pattern="[0-9]{3,4}" placeholder="123"></label>
        </div>
        <label>Name on the card<input name="name" maxlength="150"></label>
        <p id="no-real-card" class="quiet">A real card is declined here.${keepsCard(session) && ' The card is saved for later payments.'}</p>
        <button class="primary" type="submit">${isPayment ? `Pay ${money(session)}` : 'Save card'}</button>
      </fieldset>
      <fieldset>
        <legend>Test cards</legend>
        <p class="quiet">Each button ${isPayment ? 'pays' : 'saves'} at once with that card.</p>
        <ul class="methods">${TEST_METHODS.filter(({ type }) => isPayment || type === 'card').map(testRow)}</ul>
      </fieldset>
    </form>
    ${session.cancel_url !== null && html`<p><a href="${session.cancel_url}">Cancel and go back</a></p>`}`)
}

/** From wherever the page is shown: a refusal shows it again under the address of the bank's question. */
const formOf = ({ id }: Session): string => `/payments/pay/${id}`
const keepsCard = ({ mode, hidden }: Session): boolean => mode === 'setup' || hidden.intent.setup_future_usage !== null

function summary(session: Session): Markup {
  const [line] = session.hidden.lines.data
  if (session.mode === 'setup') return html`<section class="summary"><h2>Save a card for later payments</h2><p class="quiet">Nothing is charged now.</p></section>`
  return html`<section class="summary"><h2>${String(line?.description ?? 'Payment')}</h2><p class="amount">${money(session)}</p></section>`
}

function savedRow({ id, card }: PaymentMethod): Markup {
  const { brand, last4 } = (card ?? {}) as { brand?: string, last4?: string }
  return html`<li><span class="what">${named(brand)} ending in ${last4}</span><button type="submit" name="saved" value="${id}" formnovalidate aria-label="Use ${named(brand)} ending in ${last4}">Use</button></li>`
}

function testRow({ number, title }: TestMethod): Markup {
  return html`<li><span class="what">${title}<code>${spaced(number)}</code></span><button type="submit" name="test" value="${number}" formnovalidate aria-label="Use: ${title}">Use</button></li>`
}

const named = (brand = 'card'): string => brand.charAt(0).toUpperCase() + brand.slice(1)
export const spaced = (number: string): string => number.replaceAll(/(.{4})(?=.)/g, '$1 ')

export function challengeView(session: Session): Markup {
  return frame('Your bank asks', html`
    ${summary(session)}
    <section>
      <h2>Is it you who ${session.mode === 'payment' ? `pays ${money(session)}` : 'saves this card'}?</h2>
      <p class="quiet">This stands for the page of a bank (3-D Secure).</p>
      <form method="post" action="${formOf(session)}/challenge" class="buttons">
        <button class="primary" type="submit" name="answer" value="yes">Yes, it is me</button>
        <button type="submit" name="answer" value="no">No, refuse</button>
      </form>
    </section>`)
}

export function closedView(session: Session | undefined): Markup {
  const [title, text] = session === undefined
    ? ['There is no such payment page', 'The address is wrong, or the data of this stack was reset.']
    : session.status === 'complete' ? ['All done here', 'This page was completed already.'] : ['This page has expired', 'Nothing was charged. Go back and begin again.']
  const back = (session?.status === 'complete' ? session.success_url : session?.cancel_url) ?? null
  return frame(title, html`<section><h2>${title}</h2><p class="quiet">${text}</p>${session !== undefined && back !== null && html`<p><a href="${filledIn(back, session)}">Go back</a></p>`}</section>`)
}

/** The shop may want to know which session its customer comes back from. */
export const filledIn = (url: string, { id }: Session): string => url.replaceAll('{CHECKOUT_SESSION_ID}', id)

export function money({ amount_total: cents, currency }: Pick<Session, 'amount_total' | 'currency'>): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency: currency ?? 'usd' }).format((cents ?? 0) / 100)
}

function frame(title: string, content: Markup): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex">
  <title>${title} · simulated payments</title>
  <link rel="icon" type="image/svg+xml" href="/favicon.svg">
  <link rel="stylesheet" href="/payments/tokens.css">
  <link rel="stylesheet" href="/payments/page.css">
  <link rel="stylesheet" href="/payments/pay.css">
  <script src="/theme.js"></script>
</head>
<body class="hosted">
  <main>
    <header><h1>${title}</h1><p class="quiet">This page stands in for Stripe. No money moves.</p></header>
    ${content}
  </main>
</body>
</html>
`
}
