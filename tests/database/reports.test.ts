/**
 * Every number of a report, held against a slow reader of all calls and against the call log: whatever a number says, the link behind it finds
 * as many calls, and their details and their export add up to the same.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount } from '../factories/account.ts'
import { livedMonth, setClock, type Month } from '../factories/month.ts'
import { createDatabase, errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { figuresOf, groupsOf, meaningsOf, mondaysUpTo, readCalls, within, type ModelCall } from '../support/reportModel.ts'
import type { CallConditions } from '../../business/models/callFilter.ts'
import type { Period } from '../../business/models/ledger.ts'
import { conditionsOf, wordsOfMeaning, type ListFigures, type Report } from '../../business/models/report.ts'
import { rangeOf, type RangeChoice, type ReportRange } from '../../business/models/reportRange.ts'

const TODAY = '2027-04-02'
const days = (from_day: string, to_day: string): RangeChoice => ({ name: 'custom', days: { from_day, to_day } })
const RANGES: RangeChoice[] = [
  { name: 'today' }, { name: '7' }, { name: 'week' }, { name: 'month' }, { name: 'total' }, days('2027-03-01', '2027-03-31'),
  days('2027-03-07', '2027-03-07'), days('2027-03-08', '2027-03-08'),
  days('2027-03-14', '2027-03-14'), days('2027-03-09', '2027-03-10'), days('2027-03-17', '2027-03-23'),
  days('2027-02-24', '2027-02-25'), days('2027-02-26', '2027-02-27'), days('2027-02-01', '2027-04-20'), days('2026-01-01', '2026-12-31'),
]

/** As a request holds it: without what is undefined. */
const sent = (args: object) => JSON.parse(JSON.stringify(args)) as Record<string, unknown>

describe('a report', () => {
  let db: TestDatabase
  let month: Month
  let everything: ModelCall[]
  let calls: ModelCall[]
  const ask = (range: ReportRange, actor: Actor = month.account.owner, more = {}) => actor.rpc<Report>('get_report', sent({
    account_id: month.account.accountId, from_day: range.days?.from_day, until_day: range.days?.to_day,
    before_from: range.before?.from_day, before_until: range.before?.to_day, ...more }))
  const askLists = ({ days: asked }: Pick<ReportRange, 'days'>, actor: Actor = month.account.owner) =>
    actor.rpc<ListFigures[]>('get_list_report', sent({ account_id: month.account.accountId, from_day: asked?.from_day, until_day: asked?.to_day }))
  const filterOf = (asked: Period | null, more: CallConditions = {}) =>
    ({ filter: sent({ account_id: month.account.accountId, ...conditionsOf(asked, more) }) })
  const linked = async (asked: Period | null, more: CallConditions = {}) =>
    (await month.account.owner.rpc<{ total_count: number }>('count_calls', filterOf(asked, more))).total_count
  const each = RANGES.map((choice) => rangeOf(choice, TODAY)).map((range) => [`${range.name} ${range.days?.from_day ?? ''}`, range] as const)
  const sum = (rows: { calls_count: number }[]) => rows.reduce((count, { calls_count }) => count + calls_count, 0)

  beforeAll(async () => {
    db = await createDatabase()
    month = await livedMonth(db)
    await setClock(db, `${TODAY}T16:00:00Z`)
    everything = await readCalls(db, month)
    calls = everything.filter(({ kind }) => kind === 'campaign')
  })
  afterAll(() => db.drop())

  test('is of a month that has all of it', () => {
    expect(calls.length).toBeGreaterThan(60)
    const [first, ...more] = [figuresOf(calls), ...[meaningsOf(calls)].flatMap((meanings) => Object.values(meanings))]
    expect(Object.values(first).concat(more).every((figure) => figure > 1)).toBe(true)
    expect(calls.filter(({ by }) => by !== null).length).toBeGreaterThan(10)
    expect(everything.filter(({ kind }) => kind === 'test')).toHaveLength(2)
    const onDay = (day: string) => calls.filter((call) => call.day === day).map(({ hour }) => hour)
    const edges = [onDay('2027-02-28').at(-1), onDay('2027-03-01')[0], onDay('2027-03-31').at(-1), onDay('2027-04-01')[0]]
    expect(edges, 'a minute before midnight, and after').toEqual([23, 0, 23, 0])
    expect(onDay('2027-03-14'), 'the hour that the clocks leave out').toEqual(expect.arrayContaining([1, 3]))
    expect(calls.some(({ id, day }) => month.zones.get(id) !== 'America/New_York' && day.length > 0), 'calls while the account was elsewhere').toBe(true)
  })

  test.each(each)('%s: adds up what every call says, and what was before', async (_, range) => {
    const report = await ask(range)
    const mine = within(calls, range.days)
    expect(report.figures).toEqual({ ...figuresOf(mine), ...meaningsOf(mine) })
    if (range.before) expect(report.before).toEqual({ ...figuresOf(within(calls, range.before)), ...meaningsOf(within(calls, range.before)) })
    else expect(report.before).toBeNull()
    expect(report.outcomes).toEqual(Object.fromEntries([...groupsOf(mine, ({ outcome }) => outcome)].map(([outcome, some]) => [outcome, some.length])))
    const tests = within(everything.filter(({ kind }) => kind === 'test'), range.days)
    expect(report.tests).toEqual({ calls_count: tests.length, billed_seconds: figuresOf(tests).billed_seconds, price_micros: figuresOf(tests).price_micros })
    expect(report.first_day).toBe(calls[0]!.day)
    expect(await linked(range.days)).toBe(mine.length)
    expect(await linked(range.days, { outcomes: ['answered'] })).toBe(report.figures.answered_count)
    for (const meaning of ['positive', 'neutral', 'negative'] as const) {
      expect(await linked(range.days, { dispositions: wordsOfMeaning(meaning) }), meaning).toBe(report.figures[`${meaning}_count`])
    }
    expect(await linked(range.days, { kind: 'test' })).toBe(report.tests?.calls_count)
  })

  test.each(each)('%s: is the sum of its hours, days, weeks or months', async (_, range) => {
    const { spans, unit, figures } = await ask(range)
    const mine = within(calls, range.days)
    expect([sum(spans), unit]).toEqual([figures.calls_count, expect.stringMatching(/hour|day|week|month/)])
    for (const span of spans) {
      const some = within(mine, { from_day: span.from_day, to_day: span.until_day }).filter(({ hour }) => span.hour === null || hour === span.hour)
      expect([span.calls_count, span.answered_count], `${span.from_day} ${span.hour}`).toEqual([some.length, figuresOf(some).answered_count])
      expect(await linked({ from_day: span.from_day, to_day: span.until_day }, { hour: span.hour ?? undefined })).toBe(span.calls_count)
    }
  })

  test.each(each)('%s: tells campaigns, assistants, lists and people apart', async (_, range) => {
    const report = await ask(range)
    const mine = within(calls, range.days)
    expect(Object.fromEntries(report.campaigns.map(({ id, name: _name, ...figures }) => [id, figures]))).toEqual(
      Object.fromEntries([...groupsOf(mine, ({ campaign }) => campaign!)].map(([id, some]) => [id, { ...figuresOf(some), ...meaningsOf(some) }])))
    expect([report.campaigns_count, sum(report.campaigns)]).toEqual([report.campaigns.length, report.figures.calls_count])
    expect(Object.fromEntries(report.assistants.map(({ id, name: _name, ...figures }) => [id, figures]))).toEqual(
      Object.fromEntries([...groupsOf(mine, ({ assistant }) => assistant)].map(([id, some]) => [id, { ...figuresOf(some), ...meaningsOf(some) }])))
    const judged = groupsOf(mine.filter(({ by }) => by !== null), ({ by }) => by!)
    const judges = report.people.filter(({ calls_count }) => calls_count > 0)
    expect(judges.map(({ id, calls_count, positive_count }) => [id, calls_count, positive_count]).sort()).toEqual(
      [...judged].map(([id, some]) => [id, some.length, figuresOf(some).positive_count]).sort())
    const promised = await db.sql`select created_by, count(*)::int as count from public.callbacks where account_id = ${month.account.accountId} group by 1`
    if (range.name === 'total') {
      const known = promised.map(({ created_by, count }) => [created_by as string, count as number])
      expect(report.people.map(({ id, callbacks_count }) => [id, callbacks_count]).sort()).toEqual(known.sort())
    }
    const lists = await askLists(range)
    expect(lists.map(({ name }) => name)).toEqual(['Fair', 'Nobody', 'Web'])
    for (const { id, figures } of lists) expect(figures).toEqual(figuresOf(mine.filter((call) => call.lists.includes(id))))
    for (const { id, calls_count } of report.campaigns) expect(await linked(range.days, { campaign_id: id })).toBe(calls_count)
    for (const { id, calls_count } of report.assistants) expect(await linked(range.days, { assistant_id: id })).toBe(calls_count)
    for (const { id, calls_count } of report.people) expect(await linked(range.days, { disposition_by: id })).toBe(calls_count)
    for (const { id, figures } of lists) expect(await linked(range.days, { list_id: id })).toBe(figures?.calls_count)
  })

  test.each(each.slice(4))('%s: knows the hours of the contacts\' week, and what conversations meant in eight whole weeks', async (_, range) => {
    const { week, weeks } = await ask(range)
    const mine = within(calls, range.days)
    expect(sum(week)).toBe(mine.length)
    for (const { weekday, hour, calls_count, answered_count } of week) {
      const some = mine.filter(({ their_day, their_hour }) => their_day === weekday && their_hour === hour)
      expect([calls_count, answered_count], `${weekday} ${hour}`).toEqual([some.length, figuresOf(some).answered_count])
    }
    for (const { weekday, hour, calls_count } of week.slice(0, 8)) {
      expect(await linked(range.days, { contact_weekday: weekday, contact_hour: hour })).toBe(calls_count)
    }
    const last = range.days && range.days.to_day < TODAY ? range.days.to_day : TODAY
    expect(weeks.map(({ from_day }) => from_day)).toEqual(mondaysUpTo(last))
    for (const { from_day, until_day, calls_count, ...meanings } of weeks) {
      const some = within(calls, { from_day, to_day: until_day })
      expect([calls_count, meanings], from_day).toEqual([some.length, meaningsOf(some)])
      if (range.name === 'total') expect(await linked({ from_day, to_day: until_day }, { dispositions: wordsOfMeaning('negative') })).toBe(meanings.negative_count)
    }
  })

  test('says the same as each call, the export, the dashboard, the bills and the page of a campaign', async () => {
    const { owner, accountId } = month.account
    const march = rangeOf(days('2027-03-01', '2027-03-31'), TODAY)
    const report = await ask(march)
    const { rows } = await owner.rpc<{ rows: { id: string, talk_seconds: number, billed_seconds: number, outcome: string }[] }>('export_calls', filterOf(march.days))
    const details = await Promise.all(rows.map(({ id }) => owner.rpc<{ billed_seconds: number, price_micros: number }>('get_call', { call_id: id })))
    const add = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
    expect([rows.length, add(rows.map(({ billed_seconds }) => billed_seconds)), add(rows.filter(({ outcome }) => outcome === 'answered').map(({ talk_seconds }) => talk_seconds))]).toEqual(
      [report.figures.calls_count, report.figures.billed_seconds, report.figures.talk_seconds])
    expect(add(details.map(({ price_micros }) => price_micros))).toBe(report.figures.price_micros)
    const all = await ask(rangeOf({ name: 'total' }, TODAY))
    const spend = await owner.rpc<{ totals: object }>('spend_per_day', { account_id: accountId, from_day: '2027-01-01', to_day: '2027-12-31' })
    expect(spend.totals, 'tests cost, too').toMatchObject({ price_micros: all.figures.price_micros! + all.tests!.price_micros!, billed_seconds: all.figures.billed_seconds + all.tests!.billed_seconds })
    for (const { id, ...figures } of all.campaigns) {
      const overview = await owner.rpc<{ days: Record<string, number>[] }>('campaign_overview', { campaign_id: id })
      for (const name of ['calls_count', 'answered_count', 'positive_count', 'billed_seconds'] as const) expect(add(overview.days.map((day) => day[name]!)), name).toBe(figures[name])
    }
    await setClock(db, '2027-04-01T15:00:00Z')
    const today = await ask(rangeOf({ name: 'today' }, '2027-04-01'))
    const { calls_count, answered_count, positive_count, billed_seconds, price_micros } = today.figures
    expect((await owner.rpc<{ today: object }>('dashboard', { account_id: accountId })).today).toEqual({ calls_count, answered_count, positive_count, billed_seconds, price_micros })
    expect(calls_count).toBeGreaterThan(0)
    await setClock(db, `${TODAY}T16:00:00Z`)
  })

  test('shows an agent the calls of their campaigns and no price, a viewer all but prices, a stranger nothing', async () => {
    const total = rangeOf({ name: 'total' }, TODAY)
    const theirs = calls.filter(({ campaign }) => campaign === month.campaigns[0]!.campaignId)
    const seen = await ask(total, month.agent.actor)
    const figures = { ...figuresOf(theirs), price_micros: null }
    expect(seen).toMatchObject({ figures, first_day: theirs[0]!.day, tests: null, currency: null, campaigns_count: 1 })
    const idle = await ask(total, (await addMember(db, month.account, 'agent')).actor)
    expect(idle, 'whoever works on no campaign').toMatchObject({ first_day: null, figures: { calls_count: 0 }, spans: [], people: [] })
    const latest = within(theirs, { from_day: seen.weeks[0]!.from_day, to_day: TODAY }).length
    expect([sum(seen.spans), sum(seen.week), sum(seen.assistants), sum(seen.weeks)]).toEqual([theirs.length, theirs.length, theirs.length, latest])
    expect(seen.people.map(({ id, callbacks_count }) => [id, callbacks_count]), 'nobody else works on these').toEqual([[month.agent.userId, 1]])
    for (const range of [rangeOf(days('2027-03-09', '2027-03-10'), TODAY), rangeOf({ name: '7' }, TODAY)]) {
      const some = await ask(range, month.agent.actor)
      expect([sum(some.spans), some.before?.calls_count]).toEqual([within(theirs, range.days).length, within(theirs, range.before).length])
      expect(some.before?.price_micros).toBeNull()
      expect(within(calls, range.days).length, 'others called, too').toBeGreaterThan(within(theirs, range.days).length)
    }
    expect(sum(seen.people)).toBe(theirs.filter(({ by }) => by !== null).length)
    expect(sum((await askLists(total, month.agent.actor)).map(({ figures }) => figures!))).toBe(theirs.flatMap(({ lists }) => lists).length)
    const viewer = (await addMember(db, month.account, 'viewer')).actor
    const read = await ask(total, viewer)
    expect(read.figures).toMatchObject({ calls_count: calls.length, price_micros: null })
    expect(JSON.stringify([read, await askLists(total, viewer)]), 'no price anywhere').not.toMatch(/"price_micros":\d/)
    const stranger = (await openAccount(db)).owner
    expect((await errorOf(ask(total, stranger))).code).toBe('not_found')
    expect((await errorOf(askLists(total, stranger))).code).toBe('not_found')
  })

  test('refuses days in the wrong order, and is short where little is asked', async () => {
    expect((await errorOf(ask({ name: 'custom', days: { from_day: '2027-03-02', to_day: '2027-03-01' }, before: null }))).code).toBe('invalid_input')
    expect((await errorOf(ask({ name: 'custom', days: null, before: null }, month.account.owner, { from_day: '2027-03-02' }))).code).toBe('invalid_input')
    for (const wrong of [{ hour: 24 }, { contact_weekday: 0 }, { contact_hour: -1 }]) expect((await errorOf(linked(null, wrong))).code, JSON.stringify(wrong)).toBe('invalid_input')
    const range = rangeOf({ name: '7' }, TODAY)
    const [whole, short] = [await ask(range), await ask(range, month.account.owner, { is_short: true })]
    const { week: _week, weeks: _weeks, people: _people, campaigns: _campaigns, campaigns_count: _count, assistants: _assistants, ...rest } = whole
    expect(short).toEqual(rest)
  })

  test('counts no list of more people than can be counted', async () => {
    const [{ definition } = { definition: '' }] = await db.sql<{ definition: string }[]>`select pg_get_functiondef('private.get_list_report(uuid, date, date)'::regprocedure) as definition`
    const people = [...new Set(calls.flatMap(({ lists }) => lists))].length
    expect(people).toBe(2)
    await db.admin.unsafe(definition.replace('50000', '30'))
    try {
      const lists = await askLists({ days: null })
      expect(lists.find(({ name }) => name === 'Nobody')?.figures, 'the smallest first').toMatchObject({ calls_count: 0 })
      expect(lists.filter(({ figures }) => figures === null).length).toBeGreaterThan(0)
    } finally {
      await db.admin.unsafe(definition)
    }
  })
})
