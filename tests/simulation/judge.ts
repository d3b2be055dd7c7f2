/**
 * What must hold after every transaction, asked by queries that know nothing of the engine's functions, and what must hold
 * for each dial at the instant it begins, by a model that is slow and obvious.
 */
import { INVARIANTS } from '../support/promises.ts'
import type { RpcAnswer, SimulatedDatabase } from './database.ts'
import { isWithin, type Window } from './windows.ts'

export interface Judge {
  afterCommand(command: string, args: Record<string, unknown>, answer: RpcAnswer): Promise<void>
  afterAnything(): Promise<void>
}

interface DialFacts {
  phone: string
  status: string
  is_listed: boolean
  zone: string
  windows: Window[]
  in_flight: number
  cap: number
  /** Further open calls to the number. */
  others: number
}

/** Codes with which a command refuses; a server error is a fault of ours, whoever asked. */
const broken = (answer: RpcAnswer) => answer.error !== null && answer.status >= 500

/** Everybody here has a number in Washington, DC. */
const federalHours: Window[] = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens_at: '08:00', closes_at: '21:00' }))

const everything = Object.entries(INVARIANTS).map(([promise, query]) => `select '${promise}' as promise where exists (${query})`).join('\nunion all\n')

export function createJudge(database: SimulatedDatabase, now: () => number, condemn: (text: string) => void): Judge {
  const afterAnything = async () => {
    for (const { promise } of await database.query<{ promise: string }>(everything)) condemn(`broken: ${promise}`)
  }
  return {
    afterAnything,
    async afterCommand(command, args, answer) {
      if (broken(answer)) condemn(`${command} failed: ${answer.error?.code} ${answer.error?.message}`)
      if (command === 'begin_dial' && answer.data) await judgeDial(database, args.call_id as string, now(), condemn)
      if (answer.wrote) await afterAnything()
    },
  }
}

async function judgeDial(database: SimulatedDatabase, callId: string, now: number, condemn: (text: string) => void): Promise<void> {
  const [facts] = await database.query<DialFacts>(`
    select c.phone, k.status, p.time_zone as zone, a.in_flight, a.concurrency_max as cap,
      exists (select from public.do_not_call n where n.account_id = c.account_id and n.phone = c.phone) as is_listed,
      (select coalesce(jsonb_agg(w), '[]') from public.campaign_windows w where w.campaign_id = c.campaign_id) as windows,
      (select count(*)::int from public.calls o where o.account_id = c.account_id and o.phone = c.phone and o.id <> c.id and o.settled_at is null) as others
    from public.calls c join public.campaigns k on k.id = c.campaign_id join public.contacts p on p.id = c.contact_id
    join engine.accounts a on a.account_id = c.account_id where c.id = $1`, [callId])
  if (!facts) return condemn(`call ${callId} was dialled and does not exist`)
  if (facts.status !== 'active') condemn(`${facts.phone} was dialled for a campaign that is ${facts.status}`)
  if (facts.is_listed) condemn(`${facts.phone} was dialled though it is on the list`)
  if (facts.others > 0) condemn(`${facts.phone} was dialled while another call to it was open`)
  if (facts.in_flight > facts.cap) condemn('an account is above its cap')
  const clock = `at ${new Date(now).toISOString()} in ${facts.zone}`
  if (!isWithin(facts.windows, facts.zone, now)) condemn(`${facts.phone} was dialled outside the calling times, ${clock}`)
  if (!isWithin(federalHours, facts.zone, now)) condemn(`${facts.phone} was dialled when the law forbids it, ${clock}`)
}
