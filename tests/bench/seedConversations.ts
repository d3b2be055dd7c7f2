/**
 * A year of calls of a company, or as many days as asked for: more calls to those whom it called already, spread over the days, with every
 * outcome, and with what was said where somebody answered. Common words are common, and some stand in few conversations.
 */
import type { TestDatabase } from '../support/database.ts'
import { rollUpCalls, withoutIndexes } from './seedOver.ts'

/** A quarter of the words of a language make most of what is said. */
const WORDS = 3_000
const TEXTS = 2_000

export async function seedConversations(db: Pick<TestDatabase, 'admin'>, accountId: string, calls: number, days = 365): Promise<void> {
  await db.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`set local maintenance_work_mem = '256MB'`
    await sql`select setseed(0.5)`
    await sql`create temp table spoken on commit drop as
      select t as n, string_agg('word' || (power(random(), 3) * ${WORDS})::int, ' ') as text from generate_series(0, ${TEXTS - 1}) t cross join generate_series(1, 60) group by 1`
    await sql`create temp table first_calls on commit drop as select row_number() over () as place, c.* from public.calls c where c.account_id = ${accountId}`
    await withoutIndexes(sql, () => sql`
      insert into public.calls (account_id, campaign_id, enrolment_id, contact_id, assistant_version_id, phone_number_id, provider_line_id, phone, attempt_no, state, is_counted,
        reserved_seconds, billing_increment_seconds, billed_seconds, lease_until, dial_at, dialled_at, account_dialled_at, started_at, settled_at, outcome, disposition, sentiment,
        talk_seconds, recording_state, rule_version, price_micros, created_at)
      select c.account_id, c.campaign_id, c.enrolment_id, c.contact_id, c.assistant_version_id, c.phone_number_id, c.provider_line_id, c.phone, 2, 'settled', false, 300, 60, 0, at.at,
        at.at, at.at, at.at at time zone a.time_zone, at.at, at.at, o.outcome, case when o.outcome = 'answered' then (enum_range(null::public.call_disposition))[1 + n / 5 % 8] end,
        case when o.outcome = 'answered' then (enum_range(null::public.call_sentiment))[1 + n / 3 % 3] end, case when o.outcome = 'answered' then n * 7919::bigint % 290 else 0 end,
        case when o.outcome = 'answered' then 'stored' else 'none' end::public.recording_state, 1, 0, at.at
      from generate_series(1, ${calls}::int) n
      join first_calls c on c.place = 1 + n * 7919::bigint % (select count(*) from first_calls) join public.accounts a on a.id = c.account_id
      cross join lateral (select private.now() - (${calls}::int - n) * (${days}::int * interval '1 day' / ${calls}::int) as at) at
      cross join lateral (select case when n % 5000 = 17 then 'canceled' when n % 100 = 3 then 'failed'
        else ('{answered,no_answer,voicemail,answered,busy}'::text[])[1 + n % 5] end::public.call_outcome as outcome) o`)
    await sql`drop index public.call_transcripts_words`
    await sql`insert into public.call_transcripts (call_id, account_id, turns, summary, words)
      select s.call_id, s.account_id, s.turns, s.summary, private.spoken_words(s.turns, null, s.summary) from (
      select c.id as call_id, c.account_id, jsonb_build_array(jsonb_build_object('role', 'assistant', 'text', one.text), jsonb_build_object('role', 'contact', 'text', other.text)) as turns,
        case when c.place % 20000 = 7 then 'zanzibar' when c.place % 200 = 7 then 'thursday' when c.place % 20 = 7 then 'monday' end as summary
      from (select row_number() over (order by created_at) as place, id, account_id from public.calls k where k.account_id = ${accountId} and k.outcome = 'answered'
          and not exists (select from public.call_transcripts t where t.call_id = k.id)) c
      join spoken one on one.n = c.place * 31 % ${TEXTS} join spoken other on other.n = c.place * 37 / 3 % ${TEXTS}) s`
    await sql`create index call_transcripts_words on public.call_transcripts using gin (account_id, words)`
    await rollUpCalls(sql)
  })
  await db.admin`vacuum (analyze) public.calls, public.call_transcripts`
}
