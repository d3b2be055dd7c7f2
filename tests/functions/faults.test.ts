/** Whatever the carrier does wrong: no call is lost, none is dialled twice, nothing stays held, and one fault leaves no trace on the next call. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FAULTS } from '../../supabase/local/simulators/vapi/faults/index.ts'
import { openAccount } from '../factories/account.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import { expectInvariants } from '../support/invariants.ts'
import { createStack, type TestStack } from '../support/stack.ts'

interface Standing { status: string, unsettled: number, held: number }
interface End { status: string, calls: string[] }

const answered: End = { status: 'completed', calls: ['answered'] }
/** Refused for now: the attempt is not counted, and the next one is answered. */
const later = (scope: string): End => ({ status: 'completed', calls: [`${scope}, not counted`, 'answered'] })
/** A person has to put something right first. */
const paused: End = { status: 'paused', calls: ['account, not counted'] }
const notPlaced: End = { status: 'completed', calls: ['transient'] }

/** How a campaign with one contact and one attempt ends; where nothing is said, the person was reached all the same. */
const ENDS: Record<string, End> = {
  error_before_accept: notPlaced, html_502: notPlaced, sip_503: { status: 'completed', calls: ['call'] },
  rate_429: later('capacity'), rate_429_date: later('capacity'), rate_429_bare: later('capacity'), concurrency_400: later('capacity'),
  concurrency_201: later('capacity'), concurrency_ended: later('capacity'), unauthorized_401: later('account'),
  plain_400: paused, wordless_400: paused, out_of_credits: paused,
}

describe('a campaign under a fault of the carrier', () => {
  let stack: TestStack
  beforeAll(async () => {
    stack = await createStack()
  })
  afterAll(() => stack.stop())

  const standing = async (campaignId: string) => (await stack.db.sql<Standing[]>`
    select k.status, (select count(*)::int from public.calls c where c.campaign_id = k.id and c.settled_at is null) as unsettled, a.reserved_seconds::int as held
    from public.campaigns k join engine.accounts a on a.account_id = k.account_id where k.id = ${campaignId}`)[0]

  /** The provider finishes its calls, a minute passes, and the product asks about what it does not know. */
  async function passAMinute(): Promise<void> {
    await stack.tick()
    await stack.vapi.quiet()
    await stack.tick()
    await stack.db.shiftClock('61 seconds')
  }

  async function run(campaignId: string): Promise<End> {
    for (let minute = 0; minute < 40; minute++) {
      const now = await standing(campaignId)
      if (now?.unsettled === 0 && now.status !== 'active') break
      await passAMinute()
    }
    const calls = await stack.db.sql<{ end: string }[]>`
      select coalesce(failure_scope::text, outcome::text) || case when is_counted then '' else ', not counted' end as end
      from public.calls where campaign_id = ${campaignId} order by created_at`
    return { status: (await standing(campaignId))?.status ?? 'gone', calls: calls.map(({ end }) => end) }
  }

  test.each(FAULTS.map(({ name }) => name))('%s', async (name) => {
    const account = await openAccount(stack.db)
    stack.vapi.fault(name)
    const { campaignId } = await startedCampaign(account, { contacts: [{ phone: newPhone('08') }], content: { max_attempts: 1 } })
    expect(await run(campaignId)).toEqual(ENDS[name] ?? answered)
    expect((await standing(campaignId))?.held).toBe(0)
    expect(stack.vapi.violations()).toEqual([])
    await expectInvariants(stack.db)
  })
})
