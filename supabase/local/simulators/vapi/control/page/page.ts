/** Asks for the carrier's state once a second while somebody looks, and carries out what is pressed. */
import type { ControlState } from '../state.ts'
import { showCalls } from './calls.ts'
import { showClock } from './clock.ts'
import { element, say, write } from './dom.ts'
import { showFaults } from './faults.ts'

const EVERY_MS = 1000
const REQUEST_TIMEOUT_MS = 5000

export type Order = (method: 'POST' | 'DELETE', path: string, body: unknown, done: string) => Promise<void>

async function ask(method: string, path: string, body?: unknown): Promise<ControlState> {
  const response = await fetch(`/carrier/${path}`, {
    method, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS), headers: { 'content-type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body),
  })
  const answer = await response.json() as ControlState & { message?: string | string[] }
  if (!response.ok) throw new Error([answer.message ?? 'The carrier refused.'].flat().join(' '))
  return answer
}

/** The state that a change led to is shown at once. */
const order: Order = async (method, path, body, done) => {
  try {
    show(await ask(method, path, body))
    say(done)
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
  }
}

function show(state: ControlState): void {
  showCalls(state, order)
  showFaults(state, order)
  showViolations(state.violations)
  showSpeed(state.speed)
}

/** A test may have set a speed that no button has. */
function showSpeed(speed: number): void {
  const inputs = [...document.querySelectorAll<HTMLInputElement>('#speed input')]
  for (const input of inputs) input.checked = Number(input.value) === speed
  write(element('speed-title'), inputs.some((input) => input.checked) ? 'Speed' : `Speed ×${speed}`)
}

function showViolations(violations: string[]): void {
  const list = element('violations')
  element('no-violations').hidden = violations.length > 0
  list.hidden = violations.length === 0
  if (list.childElementCount === violations.length) return
  list.replaceChildren(...violations.map((sentence) => Object.assign(document.createElement('li'), { textContent: sentence })))
}

function showNumbers({ numbers }: ControlState): void {
  element('numbers').replaceChildren(...numbers.map(({ ending, script }) => {
    const row = document.createElement('div')
    row.append(Object.assign(document.createElement('dt'), { textContent: `…${ending}` }), Object.assign(document.createElement('dd'), { textContent: script }))
    return row
  }))
}

function showInbox(): void {
  const { mailUrl } = (window as { __OUTDIAL__?: { mailUrl?: string } }).__OUTDIAL__ ?? {}
  if (mailUrl) Object.assign(element('inbox'), { href: mailUrl, hidden: false })
}

async function look(): Promise<void> {
  if (document.hidden) return
  const state = await ask('GET', 'state').catch(() => null)
  element('lost').hidden = state !== null
  if (!state) return
  show(state)
  if (element('numbers').childElementCount === 0) showNumbers(state)
}

element('speed').addEventListener('change', (event) => {
  const speed = Number((event.target as HTMLInputElement).value)
  void order('POST', 'speed', { speed }, speed === 1 ? 'Calls run in real time.' : `Waiting runs ${speed} times as fast.`)
})
element('all-off').addEventListener('click', () => void order('DELETE', 'faults', undefined, 'All faults are off.'))
document.addEventListener('visibilitychange', () => void look())

showInbox()
showClock()
void look()
setInterval(() => void look(), EVERY_MS)
