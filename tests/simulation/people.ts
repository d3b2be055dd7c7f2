/** People at work while calls run: whoever may do something does it, at any moment, in any state. */
import { ALWAYS } from '../factories/campaign.ts'
import type { Company } from './company.ts'
import { deeds } from './deeds.ts'
import type { World } from './processes.ts'
import { ignoreRefusal, Refused } from './refused.ts'

/** Somebody does something; what the state does not allow is refused, and that is fine. */
export async function doSomething(world: World, company: Company, others: Company[]): Promise<void> {
  const name = world.random.weighted(Object.fromEntries(Object.entries(deeds).map(([deed, [weight]]) => [deed, weight])))
  try {
    await deeds[name]![1](world, company, others)
    world.faults.met(`people: ${name}`)
  } catch (error) {
    if (!(error instanceof Refused)) world.complain(`${name}: ${String(error)}`)
  }
}

/** Somebody wants a call at once: whatever stands still runs, and one that waits goes to the head. */
export async function hurry(world: World, company: Company): Promise<void> {
  await letGoOn(company)
  await deeds['call now']![1](world, company, []).catch(ignoreRefusal)
}

/** What an account needs to come to an end once nothing goes wrong: rules and campaigns that let calls happen. */
export async function liftLimits(world: World, { accountId, campaignIds, owner }: Company): Promise<void> {
  await owner.rpc('save_account_rules', { account_id: accountId, content: { daily_cap: null, windows: [], blackout_dates: [], frequency_hours: 2 } })
  const content = { windows: ALWAYS, daily_cap: null, budget_seconds: null, ends_at: null, blackout_dates: [] }
  for (const campaign_id of campaignIds) await owner.rpc('save_campaign', { account_id: accountId, campaign_id, content }).catch(ignoreRefusal)
}

/** A start for whatever stands still. */
export async function letGoOn({ campaignIds, owner }: Company): Promise<void> {
  for (const campaign_id of campaignIds) {
    for (const name of ['start_campaign', 'resume_campaign']) await owner.rpc(name, { campaign_id }).catch(ignoreRefusal)
  }
}
