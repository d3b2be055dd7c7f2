/**
 * What must hold after every transaction (of rows that stay, every tenth), asked by queries that know nothing of the engine's functions, and what must hold
 * for each claim and each dial at its instant, by a model that is slow and obvious.
 */
import type { RpcAnswer, SimulatedDatabase } from './database.ts'
import { askedFacts, claimFacts, dialFacts, type AskedFacts, type ClaimFacts, type DialFacts } from './facts.ts'
import { hasConsent, whyClosed, whyTooSoon, type Books } from './law.ts'
import { regionOf } from './places.ts'
import { createQuestions } from './questions.ts'
import { createSharing } from './sharing.ts'
import { wallClock } from './windows.ts'

export interface Judge {
  beforeClaim(): Promise<void>
  afterCommand(command: string, args: Record<string, unknown>, answer: RpcAnswer): Promise<void>
  /** Asked whenever something was written, and once more at the end. */
  everyPromise(): Promise<void>
}

interface Ground {
  database: SimulatedDatabase
  books: Books
  condemn: (text: string) => void
  met: (name: string) => void
}

/** Codes with which a command refuses; a server error is a fault of ours, whoever asked. */
const broken = (answer: RpcAnswer) => answer.error !== null && answer.status >= 500

export function createJudge(ground: Ground): Judge {
  const { database, condemn } = ground
  const diary = createDiary()
  const questions = createQuestions(database, condemn)
  const sharing = createSharing(ground)
  const judgeClaims = async (ids: string[]) => {
    if (ids.length === 0) return
    const calls = await database.query<ClaimFacts>(claimFacts, [`{${ids.join(',')}}`])
    for (const call of calls) diary.note(call, database.now())
    for (const call of calls) judgeClaim(ground, diary, call)
    await sharing.afterClaim(calls)
  }
  return {
    everyPromise: questions.everything,
    beforeClaim: sharing.beforeClaim,
    async afterCommand(command, args, answer) {
      if (broken(answer)) condemn(`${command} failed: ${answer.error?.code} ${answer.error?.message}`)
      if (command === 'begin_dial' && answer.data) await judgeDial(ground, args.call_id as string)
      if (command === 'claim_calls' && answer.data) await judgeClaims((answer.data as { call_ids: { call_id: string }[] }).call_ids.map(({ call_id }) => call_id))
      await Promise.all([questions.afterWriting(answer.wrote), command === 'tick' && questions.afterBeat()])
      if (command === 'tick' && (answer.data as { missed_wakes: number } | null)?.missed_wakes) condemn(`a wake-up was missed: ${JSON.stringify(answer.data)}`)
    },
  }
}

/** When each call was claimed: it belongs to that day on the wall of its campaign and of its account. And the last dial of each line. */
function createDiary() {
  const claimedAt = new Map<string, number>()
  return {
    lastDials: new Map<string, number>(),
    note: (call: ClaimFacts, now: number) => void claimedAt.set(call.id, now),
    /** How many of these calls were claimed on the same day as this one, by the clock in the zone. */
    sameDay(id: string, calls: string[], zone: string) {
      const day = (call: string) => wallClock(zone, claimedAt.get(call)!).day
      return calls.filter((other) => day(other) === day(id)).length
    },
  }
}

function judgeClaim({ condemn, met }: Ground, diary: ReturnType<typeof createDiary>, call: ClaimFacts): void {
  const blame = (text: string) => condemn(`call ${call.id} was claimed ${text}`)
  for (const limit of call.over) blame(`over ${limit}`)
  if (call.status !== 'active') blame(`for a campaign that is ${call.status}`)
  if (call.attempt_no > call.max_attempts) {
    if (call.is_asked_for) met('rule: a promised call beyond the attempts')
    else blame(`as attempt ${call.attempt_no} of ${call.max_attempts}`)
  }
  if (diary.sameDay(call.id, call.campaign_calls, call.campaign_zone) > (call.campaign_cap ?? Infinity)) blame('over the day\'s cap of the campaign')
  if (diary.sameDay(call.id, call.account_calls, call.account_zone) > (call.account_cap ?? Infinity)) blame('over the day\'s cap of the account')
  const at = Date.parse(call.dial_at)
  if (at < (diary.lastDials.get(call.line_id) ?? 0) + 1000 / call.calls_per_second - 2) blame('faster than the line dials')
  diary.lastDials.set(call.line_id, at)
}

async function judgeDial({ database, books, condemn }: Ground, callId: string): Promise<void> {
  const [facts] = await database.query<DialFacts>(dialFacts, [callId])
  const now = database.now()
  if (!facts) return judgeAskedDial(database, condemn, callId)
  const region = facts.stated_region ?? regionOf(facts.phone)
  const blame = (text: string) => condemn(`${facts.phone} was dialled ${text}, at ${new Date(now).toISOString()} in ${facts.zone}, ${region}`)
  if (facts.status !== 'active') blame(`for a campaign that is ${facts.status}`)
  if (facts.is_listed) blame('though it is on the list')
  if (facts.others > 0) blame('while another call to it was open')
  if (facts.is_early) blame('before its turn on the line')
  if (facts.is_held) blame('on a line that is held')
  if (facts.is_off) blame('though dialling is switched off')
  const closed = whyClosed(books, { ...facts, region }, now)
  if (closed) blame(closed)
  if (!facts.is_overridden && !hasConsent(books, { ...facts, region }, now)) blame(`without the consent that ${facts.purpose} needs`)
  const tooSoon = whyTooSoon(books, { ...facts, region }, now)
  if (tooSoon) blame(tooSoon)
}

/** Nobody's window, consent or cap: whoever is called asked for it. */
async function judgeAskedDial(database: Ground['database'], condemn: Ground['condemn'], callId: string): Promise<void> {
  const [facts] = await database.query<AskedFacts>(askedFacts, [callId])
  if (!facts) return condemn(`call ${callId} was dialled and does not exist`)
  const blame = (text: string) => condemn(`${facts.phone} was dialled for a test ${text}`)
  if (!facts.is_own) blame('of somebody else')
  if (facts.is_listed) blame('though it is on the list')
  if (facts.others > 0) blame('while another call to it was open')
  if (facts.is_early) blame('before its turn on the line')
  if (facts.is_held) blame('on a line that is held')
  if (facts.is_off) blame('though dialling is switched off')
}
