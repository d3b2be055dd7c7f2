/** The queue by itself: who is taken when, who wakes whom, and when a campaign is over. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount } from '../factories/account.ts'
import { createCampaign, startedCampaign } from '../factories/campaign.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { thrownAway, type Query } from '../support/thrownAway.ts'

describe('the queue', () => {
  let db: TestDatabase
  let accountId: string
  /** Two contacts each. */
  let running: string
  let draft: string
  beforeAll(async () => {
    db = await createDatabase()
    const account = await openAccount(db)
    accountId = account.accountId
    running = (await startedCampaign(account, { contacts: 2 })).campaignId
    draft = (await createCampaign(account, { contacts: 2 })).campaignId
  })
  afterAll(() => db.drop())

  /** What lane and account are woken for, in minutes from now; null = they sleep. Both are asleep at the beginning. */
  async function woken(campaignId: string, work: (query: Query) => Promise<unknown>): Promise<{ lane: number | null, account: number | null }> {
    return thrownAway(db, async (query) => {
      await query('update engine.lanes set next_at = null')
      await query('update engine.accounts set next_at = null')
      await work(query)
      const minutes = (of: string) => `round(extract(epoch from ${of}.next_at - private.now()) / 60)::int`
      const [row] = await query<{ lane: number | null, account: number | null }>(`select ${minutes('l')} as lane, ${minutes('a')} as account
        from engine.lanes l, engine.accounts a where l.campaign_id = '${campaignId}' and a.account_id = '${accountId}'`)
      return row!
    })
  }
  const wake = (campaignId: string) => `select private.wake('${accountId}', '${campaignId}')`
  const enqueue = (campaignId: string, minutes: number) => `select private.enqueue('${accountId}', '${campaignId}', jsonb_build_array(jsonb_build_object(
    'enrolment_id', (select id from public.enrolments where campaign_id = '${campaignId}' order by id limit 1), 'attempt_no', 1, 'rank', 2,
    'due_at', private.now() + interval '${minutes} minutes')))`
  const emptied = 'delete from engine.dial_queue'
  const before = (minutes: number) => `update engine.lanes set next_at = private.now() - interval '${minutes} minutes'`

  test('wakes lane and account of a campaign that runs', async () => {
    expect(await woken(running, (query) => query(wake(running)))).toEqual({ lane: 0, account: 0 })
  })

  test('leaves a campaign asleep that does not run', async () => {
    expect(await woken(draft, (query) => query(wake(draft)))).toEqual({ lane: null, account: null })
  })

  test('leaves a lane asleep in which nobody waits', async () => {
    expect(await woken(running, (query) => query(`${emptied}; ${wake(running)}`))).toMatchObject({ lane: null })
  })

  test('makes nobody later who would be looked at before', async () => {
    const account = `update engine.accounts set next_at = private.now() - interval '9 minutes'`
    expect(await woken(running, (query) => query(`${before(7)}; ${account}; ${wake(running)}`))).toEqual({ lane: -7, account: -9 })
    expect(await woken(running, (query) => query(`${emptied}; ${before(7)}; ${account}; ${enqueue(running, 5)}`))).toEqual({ lane: -7, account: -9 })
  })

  test('takes somebody in for later and wakes lane and account for then', async () => {
    expect(await woken(running, (query) => query(`${emptied}; ${enqueue(running, 5)}`))).toEqual({ lane: 5, account: 5 })
  })

  test('takes somebody into a campaign that does not run without waking the account', async () => {
    expect(await woken(draft, (query) => query(`${emptied}; ${enqueue(draft, 5)}`))).toEqual({ lane: 5, account: null })
  })

  test('lets nobody pass the accounts that wait, however long ago an attempt was due', async () => {
    expect(await woken(running, (query) => query(`${emptied}; ${enqueue(running, -60)}`))).toEqual({ lane: -60, account: 0 })
  })

  test('holds nobody twice: whoever waits goes on waiting as before', async () => {
    const rows = await thrownAway(db, async (query) => {
      await query(`${emptied}; ${enqueue(running, 5)}; ${enqueue(running, 50)}`)
      return query(`select round(extract(epoch from due_at - private.now()) / 60)::int as due from engine.dial_queue`)
    })
    expect(rows).toEqual([{ due: 5 }])
  })

  test('gives those of a rank that are due, the longest due first, and knows when the next one is', async () => {
    const seen = await thrownAway(db, async (query) => {
      const minutes = (of: string) => `round(extract(epoch from ${of} - private.now()) / 60)::int as minutes`
      const lane = `engine.lanes l where l.campaign_id = '${running}'`
      // An index has them in this order by itself, but nobody promises that it is used.
      await query('set local enable_indexscan = off; set local enable_bitmapscan = off')
      await query(emptied)
      await query(`insert into engine.dial_queue (lane_id, rank, due_at, position, enrolment_id, attempt_no, phone)
        select l.id, w.rank, private.now() + w.minutes * interval '1 minute', w.position, e.id, 1, '+12025550100'
        from (values (1, 2, -1, 1), (2, 2, -5, 2), (3, 2, 60, 3), (4, 1, 30, 4)) w (n, rank, minutes, position)
        join (select id, row_number() over (order by id) as n from public.enrolments) e on e.n = w.n cross join ${lane}`)
      const next = async () => (await query<{ minutes: number }>(`select ${minutes('private.next_due(l.id)')} from ${lane}`))[0]?.minutes
      const taken = async (n: number) => (await query<{ minutes: number }>(`select ${minutes('t.due_at')} from engine.lanes l
        cross join lateral private.take_due(l.id, 2, private.now(), ${n}) t where l.campaign_id = '${running}'`)).map((row) => row.minutes)
      return [await next(), await taken(1), await next(), await taken(9), await next()]
    })
    expect(seen).toEqual([-5, [-5], -1, [-1], 30])
  })

  test.each<[what: string, given: (campaign: string) => string, after: object]>([
    ['goes on while somebody waits', () => 'select', { status: 'active', is_active: true }],
    ['is over, and runs no more, when nobody does', (campaign) => `update public.enrolments set status = 'reached' where campaign_id = '${campaign}'`, { status: 'completed', is_active: false }],
    ['that is paused stays paused with nobody left', (campaign) => `update public.enrolments set status = 'reached' where campaign_id = '${campaign}';
      update public.campaigns set status = 'paused', pause_reason = 'ended' where id = '${campaign}'`, { status: 'paused' }],
  ])('a campaign %s', async (_what, given, after) => {
    const [campaign] = await thrownAway(db, async (query) => {
      await query(`${given(running)}; select private.complete_finished_campaigns(array['${running}']::uuid[])`)
      return query(`select k.status, h.is_active from public.campaigns k join engine.campaigns h on h.campaign_id = k.id where k.id = '${running}'`)
    })
    expect(campaign).toMatchObject(after)
  })
})
