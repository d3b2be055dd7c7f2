/**
 * The sums that a year of five million calls leaves behind, without the calls: four campaigns at a time, a hundred in all, twelve hours a day,
 * people in four zones, every outcome. What a report reads is as many rows then, whatever they say.
 */
import type { TestDatabase } from '../support/database.ts'

export async function seedYearOfSums(db: TestDatabase, accountId: string): Promise<void> {
  await db.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`create temp table runs on commit drop as
      select gen_random_uuid() as id, k.account_id, k.assistant_id, k.assistant_version_id, k.time_zone, n
      from public.campaigns k cross join generate_series(0, 103) n where k.account_id = ${accountId}`
    await sql`insert into public.campaigns (id, account_id, name, status, assistant_id, assistant_version_id, time_zone, max_attempts)
      select id, account_id, 'Campaign ' || n, 'stopped', assistant_id, assistant_version_id, time_zone, 1 from runs`
    await sql`create temp table days on commit drop as
      select (private.now() at time zone a.time_zone)::date - d as day, r.* from generate_series(0, 364) d join runs r on r.n between d * 100 / 365 and d * 100 / 365 + 3
      join public.accounts a on a.id = r.account_id`
    await sql`insert into public.daily_stats (account_id, day, campaign_id, assistant_version_id, outcome, calls_count, positive_count, neutral_count, negative_count,
        talk_seconds, billed_seconds, price_micros)
      select account_id, day, id, assistant_version_id, o, 571, 40, 40, 40, 9000, 9000, 60000000 from days cross join unnest(enum_range(null::public.call_outcome)) o`
    await sql`insert into public.hourly_stats (account_id, day, campaign_id, hour, calls_count, answered_count, positive_count, billed_seconds)
      select account_id, day, id, h, 284, 80, 40, 36000 from days cross join generate_series(8, 19) h`
    await sql`insert into public.contact_hour_stats (account_id, day, campaign_id, weekday, hour, calls_count, answered_count, positive_count)
      select account_id, day, id, extract(isodow from day), h - z, 71 * count(*), 20 * count(*), 10 * count(*)
      from days cross join generate_series(8, 19) h cross join generate_series(0, 3) z group by 1, 2, 3, 4, 5`
  })
  await db.admin`vacuum (analyze) public.daily_stats, public.hourly_stats, public.contact_hour_stats, public.campaigns`
}
