/** The payments: what is paid, what is told of it, and what goes wrong. */
import { watchSimulator, type Order } from '../../../shared/page/control.ts'
import { element, keepRows, part, write } from '../../../shared/page/dom.ts'
import { showFaults } from '../../../shared/page/faults.ts'
import type { ControlAction, ControlEvent, ControlPayment, ControlState } from '../state.ts'

function showPayments({ payments }: ControlState, order: Order): void {
  element('no-payments').hidden = payments.length > 0
  keepRows(element('payment-rows'), payments, ({ id }) => id, (row, payment) => fillPayment(row, payment, order))
}

function fillPayment(row: HTMLElement, payment: ControlPayment, order: Order): void {
  const who = part(row, 'who', 'div')
  write(part(who, 'number'), payment.amount)
  write(part(who, 'person'), payment.what ? ` ${payment.what}` : '')
  write(part(who, 'script', 'div'), `${payment.id.slice(0, 14)}… · ${new Date(payment.at).toLocaleTimeString('en')}`)
  const state = part(part(row, 'line', 'div'), 'state')
  state.dataset.status = payment.status.split(',')[0]
  write(state, payment.status.replaceAll('_', ' '))
  const side = part(row, 'side', 'div')
  showLink(side, payment)
  showActions(side, payment, order)
}

function showLink(side: HTMLElement, { page, amount }: ControlPayment): void {
  const known = side.querySelector('a')
  if (page === null) return known?.remove()
  if (known) return
  const link = Object.assign(document.createElement('a'), { href: page, textContent: 'Payment page' })
  link.setAttribute('aria-label', `Payment page, ${amount}`)
  side.prepend(link)
}

/** Made anew only when what can be done has changed, so that the focus stays. */
function showActions(side: HTMLElement, { actions, amount }: ControlPayment, order: Order): void {
  const wanted = actions.map(({ path, label }) => `${path} ${label}`).join()
  if (side.dataset.actions === wanted) return
  side.dataset.actions = wanted
  for (const button of side.querySelectorAll('button')) button.remove()
  side.append(...actions.map((action) => actionButton(action, amount, order)))
}

function actionButton({ path, body, label }: ControlAction, about: string, order: Order): HTMLButtonElement {
  const button = Object.assign(document.createElement('button'), { type: 'button' as const, textContent: label })
  button.setAttribute('aria-label', `${label}: ${about}`)
  button.addEventListener('click', () => void order('POST', path, body, `${label}: done.`))
  return button
}

function showEvents({ events }: ControlState, order: Order): void {
  element('no-events').hidden = events.length > 0
  keepRows(element('event-rows'), events, ({ id }) => id, (row, event) => fillEvent(row, event, order))
}

function fillEvent(row: HTMLElement, { id, type, about, status, is_wanted: isWanted }: ControlEvent, order: Order): void {
  const who = part(row, 'who', 'div')
  write(part(who, 'number'), type)
  write(part(who, 'script', 'div'), `${id.slice(0, 12)}… about ${about.slice(0, 14)}…`)
  const state = part(part(row, 'line', 'div'), 'state')
  state.dataset.status = status
  write(state, status)
  const side = part(row, 'side', 'div')
  if (isWanted && !side.querySelector('button')) side.append(actionButton({ path: `events/${id}/resend`, body: {}, label: 'Send again' }, type, order))
}

function showCards({ cards }: ControlState): void {
  if (element('cards').childElementCount > 0) return
  element('cards').replaceChildren(...cards.map(({ number, title }) => {
    const row = document.createElement('div')
    row.append(Object.assign(document.createElement('dt'), { textContent: number }), Object.assign(document.createElement('dd'), { textContent: title }))
    return row
  }))
}

watchSimulator<ControlState>({
  path: '/payments',
  name: 'The payment provider',
  show(state, order) {
    showPayments(state, order)
    showEvents(state, order)
    showFaults(state.faults, order)
    showCards(state)
  },
  saidOfSpeed: (speed) => speed === 1 ? 'Waiting takes real time.' : `Waiting runs ${speed} times as fast.`,
})
