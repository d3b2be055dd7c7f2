/** Asks for a simulator's state once a second while somebody looks, and carries out what is pressed. */
import type { ControlFaultGroup } from '../controlFaults.ts'
import { element, say, write } from './dom.ts'

const EVERY_MS = 1000
const REQUEST_TIMEOUT_MS = 5000

export type Order = (method: 'POST' | 'DELETE', path: string, body: unknown, done: string) => Promise<void>
interface Common { faults: ControlFaultGroup[], violations: string[], speed: number }

interface Watched<State> {
  /** The path of the page, under which its interface lies. */
  path: string
  /** "The carrier", for when it says no without a word. */
  name: string
  show: (state: State, order: Order) => void
  /** What a change of speed means here. */
  saidOfSpeed: (speed: number) => string
}

export function watchSimulator<State extends Common>({ path, name, show, saidOfSpeed }: Watched<State>): void {
  const shown = (state: State) => {
    show(state, order)
    showViolations(state.violations)
    showSpeed(state.speed)
  }
  const ask = async (method: string, where: string, body?: unknown): Promise<State> => {
    const response = await fetch(`${path}/${where}`, {
      method, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS), headers: { 'content-type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body),
    })
    const answer = await response.json() as State & { message?: string | string[] }
    if (!response.ok) throw new Error([answer.message ?? `${name} refused.`].flat().join(' '))
    return answer
  }
  /** The state that a change led to is shown at once. */
  const order: Order = async (method, where, body, done) => {
    try {
      shown(await ask(method, where, body))
      say(done)
    } catch (error) {
      say(error instanceof Error ? error.message : String(error))
    }
  }
  const look = async () => {
    if (document.hidden) return
    const state = await ask('GET', 'state').catch(() => null)
    element('lost').hidden = state !== null
    if (state) shown(state)
  }
  element('speed').addEventListener('change', (event) => {
    const speed = Number((event.target as HTMLInputElement).value)
    void order('POST', 'speed', { speed }, saidOfSpeed(speed))
  })
  element('all-off').addEventListener('click', () => void order('DELETE', 'faults', undefined, 'All faults are off.'))
  document.addEventListener('visibilitychange', () => void look())
  showInbox()
  void look()
  setInterval(() => void look(), EVERY_MS)
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

function showInbox(): void {
  const { mailUrl } = (window as { __OUTDIAL__?: { mailUrl?: string } }).__OUTDIAL__ ?? {}
  if (mailUrl) Object.assign(element('inbox'), { href: mailUrl, hidden: false })
}
