/** What the control interface shows of the carrier. No keys, prompts or secrets: whoever sits at this machine may read it. */
import { faultGroups, type ControlFaultGroup } from '../../shared/controlFaults.ts'
import type { SimulatedCall } from '../call.ts'
import type { Exchange } from '../exchange.ts'
import { FAULT_GROUPS } from '../faults/index.ts'
import { MAGIC } from '../scripts/numbers.ts'
import { plots } from '../scripts/plots.ts'

interface Said { role: 'assistant' | 'contact', text: string }

export interface ControlCall {
  id: string
  attempt: string | null
  number: string
  person: string | null
  script: string
  faults: string[]
  status: SimulatedCall['status']
  /** Since it was placed, of real time. */
  running_seconds: number
  talk_seconds: number
  conversation_seconds: number
  /** Who spoke last, and what. */
  line: Said | null
  /** All that was said until now. */
  said: Said[]
  ended_reason: string | null
}

export interface ControlState {
  speed: number
  concurrency_limit: number
  alive: number
  violations: string[]
  faults: ControlFaultGroup[]
  /** Newest first; of those that are over only the last ones. */
  calls: ControlCall[]
  numbers: { ending: string, script: string }[]
}

const ENDED_SHOWN = 10
const LANGUAGE_NAMES = { en: 'English', de: 'German', es: 'Spanish', fr: 'French' }

export function stateOf(exchange: Exchange): ControlState {
  const calls = [...exchange.callsOfAll.values()].reverse()
  const shown = [...calls.filter(isAlive), ...calls.filter((call) => !isAlive(call)).slice(0, ENDED_SHOWN)]
  return {
    speed: exchange.pacer.speed(), concurrency_limit: exchange.concurrencyLimit, alive: calls.filter(isAlive).length, violations: exchange.violations,
    faults: faultGroups(FAULT_GROUPS, exchange.faults),
    calls: shown.map((call) => view(call, exchange.now())), numbers: magicNumbers(),
  }
}

const isAlive = ({ status }: SimulatedCall): boolean => status !== 'ended'

function view(call: SimulatedCall, now: Date): ControlCall {
  const { status, conversation, heardSeconds } = call
  const said = conversation.turns.filter(({ startsAt }) => startsAt <= heardSeconds).map(({ role, text }) => ({ role, text }))
  const until = status === 'ended' ? call.endedAt ?? now : now
  return {
    id: call.id, attempt: call.attemptId ?? null, number: call.request.customer?.number ?? '', person: call.request.customer?.name ?? null, script: plots[call.script.plot].title,
    faults: call.faults.map(({ name }) => name), status, running_seconds: Math.max(0, Math.round((until.getTime() - call.createdAt.getTime()) / 1000)),
    talk_seconds: Math.round(heardSeconds), conversation_seconds: Math.round(conversation.seconds),
    line: status === 'in-progress' ? said.at(-1) ?? null : null, said, ended_reason: status === 'ended' ? call.endedReason : null,
  }
}

function magicNumbers(): ControlState['numbers'] {
  const entries = Object.entries(MAGIC).map(([ending, { plot, language, isUntold }]) => ({
    ending, script: `${plots[plot].title}${language ? `, in ${LANGUAGE_NAMES[language]}` : ''}${isUntold ? ', and the analysis fails' : ''}`,
  }))
  return [{ ending: '00', script: 'Refused by the carrier as no valid number' }, ...entries].sort((one, other) => one.ending.length - other.ending.length || one.ending.localeCompare(other.ending))
}
