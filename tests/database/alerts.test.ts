/** When the people who run the installation are mailed, how often, and what their page says of it. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { errorOf, type TestDatabase } from '../support/database.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface Raised { name: string, value: number, told_at: string | null, mails: string | null }
interface Rule { name: string, figures: string[], above: string | null, below: string | null, lasting_seconds: number }

describe('alerts', () => {
  let db: TestDatabase
  let operator: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    operator = await openAccount(db)
    await db.sql`insert into public.platform_admins (user_id) values (${operator.userId})`
    await db.sql`select private.tick()`
  })
  afterAll(() => db.drop())

  const watch = () => db.sql`select private.watch()`
  /** Looks once a minute, as the job does. */
  const pass = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute++) {
      await db.shiftClock('1 minute')
      await db.sql`select private.tick()`
      await watch()
    }
  }
  /** Nobody looks meanwhile. */
  const sleep = async (interval: string) => {
    await db.shiftClock(interval)
    await db.sql`select private.tick()`
    await watch()
  }
  const hold = () => db.sql`update engine.provider_lines set hold_reason = 'auth', hold_until = private.now() + interval '3 days'`
  const mend = () => db.sql`update engine.provider_lines set hold_reason = null, hold_until = null`
  const differ = () => db.sql`insert into engine.billing_differences (kind, subject) values ('amount_mismatch', ${randomUUID()})`
  const mails = async () => (await db.sql<{ payload: { to: string, template: string, values: { alert: string } } }[]>`
    select payload from engine.outbox where kind = 'send_mail' order by id`).map(({ payload: { template, values } }) => `${template} ${values.alert}`)
  const raised = (actor = operator.owner) => actor.rpc<Raised[]>('platform_alerts')

  test('are the rules that Prometheus reads, but for the one that only somebody outside can see', async () => {
    const yaml = readFileSync('config/alerts.yaml', 'utf8')
    const told = yaml.split(/^ *- alert: /m).slice(1).map((text) => {
      const [, sum, sign, bound] = /expr: ([a-z_+ ]+) (>|==) (\d+)/.exec(text) ?? []
      const [, minutes = '0'] = /for: (\d+)m/.exec(text) ?? []
      return { name: text.split('\n')[0], figures: sum?.split(' + ').map((name) => name.replace('outdial_', '')), above: sign === '>' ? bound : null,
        below: sign === '==' ? String(Number(bound) + 1) : null, lasting_seconds: Number(minutes) * 60 }
    })
    const rules = await db.sql<Rule[]>`select name, figures, above, below, extract(epoch from lasting)::int as lasting_seconds from engine.alerts`
    expect(told.filter(({ name }) => name !== 'MetricsMissing')).toHaveLength(told.length - 1)
    expect([...rules].sort((a, b) => a.name.localeCompare(b.name)))
      .toEqual(told.filter(({ name }) => name !== 'MetricsMissing').sort((a, b) => a.name!.localeCompare(b.name!)))
  })

  test('are told after they lasted, to each operator once, by two watches at once as by one', async () => {
    const second = await openAccount(db)
    await db.sql`insert into public.platform_admins (user_id) values (${second.userId})`
    await hold()
    await pass(5)
    expect(await mails()).toEqual([])
    await db.shiftClock('1 minute')
    await Promise.all([watch(), watch()])
    await pass(10)
    expect(await mails()).toEqual(['alert_raised LineHeld', 'alert_raised LineHeld'])
    const to = await db.sql<{ to: string, account_id: string | null }[]>`select payload ->> 'to' as to, account_id from engine.outbox where kind = 'send_mail'`
    expect(new Set(to.map((mail) => mail.to)).size).toBe(2)
    expect(to.every(({ account_id }) => account_id === null)).toBe(true)
  })

  test('are told again the next day while they stand, and once when they are over', async () => {
    await hold()
    await pass(7)
    for (const _hour of [1, 2, 3, 4, 5]) await sleep('4 hours')
    expect(await mails()).toHaveLength(1)
    await sleep('4 hours 1 minute')
    expect(await mails()).toHaveLength(2)
    await pass(7)
    await mend()
    await pass(2)
    expect(await mails()).toEqual(['alert_raised LineHeld', 'alert_raised LineHeld', 'alert_over LineHeld'])
    expect(await raised()).toEqual([])
  })

  test('that come and go are one mail and one end a day', async () => {
    for (const _time of [1, 2, 3]) {
      await differ()
      await pass(1)
      await db.sql`update engine.billing_differences set resolved_at = private.now()`
      await pass(1)
    }
    expect(await mails()).toEqual(['alert_raised BooksDiffer', 'alert_over BooksDiffer'])
  })

  test('are asked once a minute, however often the job comes', async () => {
    const seen = async () => (await db.sql`select seen_at::text from engine.alerts limit 1`)[0]
    await pass(1)
    const before = await seen()
    await watch()
    expect(await seen()).toEqual(before)
  })

  test('must last anew where nobody looked for a while', async () => {
    await hold()
    await pass(3)
    await sleep('8 hours')
    expect(await raised()).toEqual([])
    await pass(5)
    expect(await raised()).toMatchObject([{ name: 'LineHeld' }])
  })

  test('tell of a heartbeat that fails, and send for the mail without it', async () => {
    await db.sql`select vault.create_secret('https://functions.example', 'functions_url')`
    for (let minute = 0; minute < 6; minute++) {
      await db.shiftClock('1 minute')
      await watch()
    }
    expect(await mails()).toEqual(['alert_raised HeartbeatLate'])
    expect(await db.admin`select url from net.http_request_queue`).toEqual([{ url: 'https://functions.example/run-outbox' }])
  })

  test('wait for somebody who can be told', async () => {
    await db.sql`delete from public.platform_admins`
    await differ()
    await pass(2)
    expect(await mails()).toEqual([])
    await db.sql`insert into public.platform_admins (user_id) values (${operator.userId})`
    await pass(1)
    expect(await mails()).toEqual(['alert_raised BooksDiffer'])
  })

  test('go to no address that was never confirmed', async () => {
    await db.admin`update auth.users set email_confirmed_at = null where id = ${operator.userId}`
    await differ()
    await pass(2)
    expect(await mails()).toEqual([])
  })

  describe('on the page of operators', () => {
    beforeEach(async () => {
      await differ()
      await pass(1)
    })
    const answer = (change: string) => db.sql.unsafe(`update engine.outbox set ${change} where kind = 'send_mail'`)

    test('say what became of their mails', async () => {
      expect(await raised()).toMatchObject([{ name: 'BooksDiffer', value: 1, mails: 'waiting' }])
      await answer('done_at = private.now()')
      expect(await raised()).toMatchObject([{ mails: 'sent' }])
      await answer('done_at = null, quarantined_at = private.now()')
      expect(await raised()).toMatchObject([{ mails: 'failed' }])
      await db.sql`update engine.alerts set told_at = null`
      expect(await raised()).toMatchObject([{ mails: null }])
    })

    test('exist for nobody else', async () => {
      const stranger = await openAccount(db)
      expect((await errorOf(raised(stranger.owner))).code).toBe('not_found')
      expect((await errorOf(raised(db.asAnon()))).code).toBe('42501')
    })
  })
})
