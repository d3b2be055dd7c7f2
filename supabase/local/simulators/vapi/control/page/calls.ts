/** The running calls and the last ones that are over. */
import type { ControlCall, ControlState } from '../state.ts'
import { element, keepRows, minutes, part, write } from '../../../shared/page/dom.ts'
import type { Order } from '../../../shared/page/control.ts'

const WORDS: Record<ControlCall['status'], string> = { queued: 'Queued', ringing: 'Ringing', 'in-progress': 'In call', ended: 'Ended' }

export function showCalls({ calls, alive, concurrency_limit }: ControlState, order: Order): void {
  const live = calls.filter(({ status }) => status !== 'ended')
  const ended = calls.filter(({ status }) => status === 'ended')
  write(element('alive'), `${alive} of ${concurrency_limit}`)
  element('no-calls').hidden = live.length > 0
  element('ended-title').hidden = ended.length === 0
  keepRows(element('live'), live, ({ id }) => id, (row, call) => fill(row, call, order))
  keepRows(element('ended'), ended, ({ id }) => id, (row, call) => fill(row, call, order))
}

function fill(row: HTMLElement, call: ControlCall, order: Order): void {
  const who = part(row, 'who', 'div')
  write(part(who, 'number'), call.number)
  write(part(who, 'person'), call.person ? ` ${call.person}` : '')
  write(part(who, 'script', 'div'), [call.script, ...call.faults].join(' · '))
  write(part(row, 'line', 'div'), lineOf(call))
  const side = part(row, 'side', 'div')
  const state = part(side, 'state')
  state.dataset.status = call.status
  write(state, WORDS[call.status])
  write(part(side, 'time'), timeOf(call))
  showHangUp(side, call, order)
  showSaid(row, call)
}

/** Folded away: the whole conversation, for whoever wants to know what a person would have heard. */
function showSaid(row: HTMLElement, { said }: ControlCall): void {
  if (said.length === 0) return
  const fold = part(row, 'said', 'details')
  write(part(fold, 'fold', 'summary'), 'What was said')
  keepRows(part(fold, 'words', 'ol'), said.map(({ role, text }, place) => ({ place, text: `${speakers[role]}: ${text}` })), ({ place }) => String(place), (item, { text }) => write(item, text))
}

const speakers = { assistant: 'Assistant', contact: 'Contact' }

function lineOf({ line, ended_reason }: ControlCall): string {
  if (line) return `${speakers[line.role]}: ${line.text}`
  return ended_reason ?? ''
}

function timeOf({ status, running_seconds, talk_seconds, conversation_seconds }: ControlCall): string {
  if (status === 'in-progress') return `${minutes(talk_seconds)} of ${minutes(conversation_seconds)}`
  return status === 'ended' ? minutes(conversation_seconds) : minutes(running_seconds)
}

function showHangUp(side: HTMLElement, { id, number, status }: ControlCall, order: Order): void {
  const known = side.querySelector('button')
  if (status !== 'in-progress') return known?.remove()
  if (known) return
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Hang up' })
  button.setAttribute('aria-label', `Hang up ${number}`)
  button.addEventListener('click', () => void order('POST', `calls/${id}/hang-up`, {}, `${number} hung up.`))
  side.append(button)
}
