/** The clock of the stack around this carrier: how late it is for the contacts, and the way to move it. A carrier alone has none. */
import { element, say, write } from '../../../shared/page/dom.ts'

interface ClockFacts { offset_ms: number, time_zone: string, is_waiting: boolean, opens_at: string }
type Move = 'opening' | 'hour' | 'real'

const ASK_EVERY_MS = 15_000
const REQUEST_TIMEOUT_MS = 5000
const MOVES: Move[] = ['opening', 'hour', 'real']

const { clockUrl } = (window as { __OUTDIAL__?: { clockUrl?: string | null } }).__OUTDIAL__ ?? {}
let known: ClockFacts | null = null

export function showClock(): void {
  if (!clockUrl) return
  for (const move of MOVES) element(`clock-${move}`).addEventListener('click', () => void ask(move))
  setInterval(show, 1000)
  setInterval(() => void (document.hidden || ask()), ASK_EVERY_MS)
  void ask()
}

async function ask(move?: Move): Promise<void> {
  const order = move && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ move }) }
  try {
    const answer = await fetch(clockUrl ?? '', { ...order, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })
    if (!answer.ok) throw new Error('The clock could not be moved. Try again.')
    known = await answer.json() as ClockFacts
    show()
    if (move) say(`It is ${timeOf(known)}.`)
  } catch (error) {
    if (move) say(error instanceof Error ? error.message : String(error))
  }
}

function show(): void {
  if (!known) return
  const { offset_ms, is_waiting, opens_at, time_zone } = known
  const opening = written(new Date(opens_at), time_zone)
  element('clock').hidden = false
  write(element('clock-time'), timeOf(known))
  write(element('clock-opening'), is_waiting ? `Move to ${opening}, when calling opens` : `Move to ${opening}`)
  ;(element('clock-real') as HTMLButtonElement).disabled = offset_ms === 0
  write(element('clock-shift'), offset_ms === 0
    ? 'It shows real time. Contacts are called in their calling hours only, so at night nobody is.'
    : `It is ${shiftOf(offset_ms)} of real time. The product, its database and this carrier follow it.`)
}

const timeOf = ({ offset_ms, time_zone }: ClockFacts): string =>
  `${written(new Date(Date.now() + offset_ms), time_zone)} for your contacts in ${time_zone.split('/').at(-1)?.replaceAll('_', ' ')}`

const written = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone, weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(at)

function shiftOf(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000)
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min ${offsetMs < 0 ? 'behind' : 'ahead'}`
}
