/** What SQL and TypeScript both list, compared from the catalogue on: what is new on one side and missing on the other fails. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MIGRATIONS, ROOT } from '../../supabase/local/paths.ts'
import { accountStatuses, companyTypes, memberRoles } from '../../business/models/account.ts'
import { actorKinds } from '../../business/models/activity.ts'
import { ruleKinds } from '../../business/models/accountRules.ts'
import { errorStatus } from '../../business/models/appError.ts'
import * as call from '../../business/models/call.ts'
import { dispositionMeaningSchema } from '../../business/models/disposition.ts'
import { campaignPriorities, campaignPurposes, campaignStatusSchema, pauseReasons } from '../../business/models/campaign.ts'
import { callOrders } from '../../business/models/campaignWords.ts'
import { consentBases, consentChannels } from '../../business/models/consent.ts'
import { autoTopUpOffReasons } from '../../business/models/billing.ts'
import { contactListKinds } from '../../business/models/contactGroup.ts'
import { timeZoneSources } from '../../business/models/contact.ts'
import { listChanges, optOutSources } from '../../business/models/doNotCall.ts'
import * as enrolment from '../../business/models/enrolment.ts'
import { formatStyles } from '../../business/models/formatStyle.ts'
import { importStatuses } from '../../business/models/import.ts'
import { ledgerKinds } from '../../business/models/ledger.ts'
import { noticeKinds, noticeTopics, topicOf } from '../../business/models/notice.ts'
import { orderKinds, orderStatuses } from '../../business/models/order.ts'
import { connectionStates } from '../../business/models/providerConnection.ts'
import { rpcCallsIn } from '../support/rpcCalls.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

const twins: Record<string, readonly string[]> = {
  account_status: accountStatuses,
  company_type: companyTypes,
  format_style: formatStyles,
  actor_kind: actorKinds,
  block_reason: enrolment.blockReasonSchema.options,
  call_disposition: call.dispositionSchema.options,
  call_kind: call.callKindSchema.options,
  call_order: callOrders,
  call_outcome: call.callOutcomeSchema.options,
  call_state: call.callStateSchema.options,
  campaign_priority: campaignPriorities,
  campaign_purpose: campaignPurposes,
  campaign_status: campaignStatusSchema.options,
  connection_state: connectionStates,
  consent_basis: consentBases,
  consent_channel: consentChannels,
  contact_list_kind: contactListKinds,
  enrolment_status: enrolment.enrolmentStatusSchema.options,
  failure_scope: call.failureScopeSchema.options,
  import_status: importStatuses,
  ledger_kind: ledgerKinds,
  disposition_meaning: dispositionMeaningSchema.options,
  call_sentiment: call.callSentimentSchema.options,
  disposition_source: call.dispositionSourceSchema.options,
  list_change: listChanges,
  member_role: memberRoles,
  notice_kind: noticeKinds,
  notice_topic: noticeTopics,
  opt_out_source: optOutSources,
  order_kind: orderKinds,
  order_status: orderStatuses,
  pause_reason: pauseReasons,
  recording_state: call.recordingStateSchema.options,
  rule_kind: ruleKinds,
  time_zone_source: timeZoneSources,
  top_up_off_reason: autoTopUpOffReasons,
  wait_reason: enrolment.waitReasonSchema.options,
}

/** Enums whose values no TypeScript decides on; the day a page words them they move up. */
const serverOnly = {
  permission_scope: 'my_accounts answers permissions with their scope applied',
}

const read = (pattern: string) => globSync(pattern, { cwd: ROOT }).map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n')
const found = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((match) => match[1]!))].sort()
const sql = globSync('*.sql', { cwd: MIGRATIONS }).map((file) => readFileSync(join(MIGRATIONS, file), 'utf8')).join('\n')

describe('SQL and TypeScript', () => {
  let db: TestDatabase
  const names = async (query: string) => (await db.sql.unsafe(query)).map((row) => row.name as string)
  beforeAll(async () => {
    db = await createDatabase()
  })
  afterAll(() => db.drop())

  test('list the same values of every enum', async () => {
    const enums = await db.sql`select t.typname as name, array_agg(e.enumlabel::text order by e.enumsortorder) as values from pg_enum e
      join pg_type t on t.oid = e.enumtypid join pg_namespace n on n.oid = t.typnamespace where n.nspname in ('public', 'engine', 'private') group by 1`
    const shared = enums.filter((row) => !Object.hasOwn(serverOnly, row.name as string))
    expect(Object.fromEntries(shared.map((row) => [row.name, [...row.values]]))).toEqual(twins)
    expect(enums.map((row) => row.name)).toEqual(expect.arrayContaining(Object.keys(serverOnly)))
  })

  test('put each kind of notice under the same topic', async () => {
    const topics = await db.sql`select k::text as kind, private.notice_topic(k)::text as topic from unnest(enum_range(null::public.notice_kind)) k`
    expect(Object.fromEntries(topics.map(({ kind, topic }) => [kind, topic]))).toEqual(Object.fromEntries(noticeKinds.map((kind) => [kind, topicOf(kind)])))
  })

  test('know the same functions: each is called by a repository, and nothing else is called', async () => {
    const inDatabase = await names('select distinct p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = \'public\' order by 1')
    const called = found(read('business/repositories/*.ts'), /(?:callRpc(?:<[^(]*>)?\(\w+, |\bcommand\()'(\w+)'/g)
    expect(called).toEqual(inDatabase.sort())
  })

  test('name the same arguments of each function', async () => {
    const functions = await db.sql<{ name: string, args: string[] | null, required: number }[]>`
      select p.proname as name, p.proargnames as args, p.pronargs - p.pronargdefaults as required
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public'`
    const calls = rpcCallsIn(join(ROOT, 'business/repositories/*.ts'))
    expect(calls.length).toBeGreaterThan(25)
    const wrong = calls.filter(({ name, args }) => {
      const known = functions.find((row) => row.name === name)
      const required = known?.args?.slice(0, known.required) ?? []
      return args.some((arg) => !known?.args?.includes(arg)) || required.some((arg) => !args.includes(arg))
    })
    expect(wrong).toEqual([])
  })

  test('raise only codes that TypeScript knows', () => {
    const raised = found(sql, /raise_error\(\s*'(\w+)'/g)
    expect(raised).not.toEqual([])
    expect(raised.filter((code) => !Object.hasOwn(errorStatus, code))).toEqual([])
  })

  test('ask only for permissions that some role holds', async () => {
    const held = await names('select distinct permission as name from public.role_permissions')
    const asked = [
      ...found(read('app/**/*.{ts,vue}'), /\bcan\('([a-z_]+\.[a-z_]+)'/g),
      ...found(sql, /(?:account_ids\(|require_permission\([^,()]+, |require_campaign\([^,()]+, |p\.permission = )'([a-z_]+\.[a-z_]+)'/g),
    ]
    expect(asked).toEqual(expect.arrayContaining(['campaigns.run', 'contacts.read_personal']))
    expect(asked.filter((permission) => !held.includes(permission))).toEqual([])
  })
})
