/**
 * A quiet world, in which nothing goes wrong: one company, which called before. Of its second campaign a forecast is made from what
 * the database answers at its start; then the engine calls everybody, and the two are held against each other.
 */
import type { ForecastFacts, ForecastRange } from '../../business/models/forecast.ts'
import { forecastCampaign } from '../../business/services/campaigns/forecast/forecastCampaign.ts'
import { ALWAYS, createCampaign, newPhone, type Editor } from '../factories/campaign.ts'
import { acceptTerms } from '../factories/terms.ts'
import type { ClusterAddress } from '../support/cluster.ts'
import { createAgenda } from './agenda.ts'
import { createHeart } from './beat.ts'
import { createCarrier } from './carrier.ts'
import type { Fate } from './carrierCall.ts'
import { createSimulatedDatabase } from './database.ts'
import { createFaults } from './faults.ts'
import { createNumbers } from './places.ts'
import { createPost } from './post.ts'
import type { World } from './processes.ts'
import { createRandom, type Random } from './random.ts'

interface ComparisonOptions { seed: number, people: number, cluster: ClusterAddress }
/** Minutes billed, and hours from the start to the end: what was likely, and what came. */
export interface Comparison {
  seed: number
  minutes: ForecastRange & { real: number }
  hours: ForecastRange & { real: number }
}

/** What phones do here; nobody asks for a call at another time, which no forecast could know. */
const fates: Readonly<Record<Fate, number>> = {
  talks: 32, interested: 4, 'talks to the end': 2, 'opts out': 2, 'asks for a call': 0, machine: 16, silence: 2, busy: 12, 'rings out': 24, 'breaks before': 4,
  'breaks while talking': 1, 'never rings': 0, 'unknown reason': 1,
}
/** A Monday, nine in the morning in New York. */
const beginsAt = Date.parse('2026-03-02T14:00:00Z')
const zones = ['America/New_York', 'America/Chicago', 'America/Los_Angeles']
const office = ALWAYS.map(({ weekday }) => ({ weekday, opens_at: '09:00', closes_at: '17:00' }))
/** In so few calls some share is soon too large for the rules that pause a campaign. */
const unwatched = { failure_limit_percent: 100, opt_out_limit_percent: 100 }
const historyCalls = 80
const longestMs = 21 * 86_400_000

export async function compareForecast({ seed, people, cluster }: ComparisonOptions): Promise<Comparison> {
  const random = createRandom(seed)
  const world = await createQuietWorld(cluster, seed, random)
  const { database } = world
  try {
    const company = await openQuietCompany(world)
    world.beginToBeat()
    await callEverybody(world, company, { people: historyCalls, content: { ...unwatched, windows: ALWAYS, max_attempts: 1 } })
    const { facts, startedAt, seconds, endedAt } = await callEverybody(world, company, { people, content: drawContent(random, people) })
    const { seconds: likely, finishes_at: finish, end } = forecastCampaign(facts, { seed })
    if (end !== 'finished' || finish.p50 === null || finish.p90 === null) throw new Error(`seed ${seed}: the forecast does not come to an end, but ${end}`)
    const hoursUntil = (at: number) => (at - startedAt) / 3_600_000
    return {
      seed, minutes: { p50: likely.p50 / 60, p90: likely.p90 / 60, real: seconds / 60 },
      hours: { p50: hoursUntil(finish.p50 * 1000), p90: hoursUntil(finish.p90 * 1000), real: hoursUntil(endedAt) },
    }
  } finally {
    await database.drop()
  }
}

/** Few lines or many, a cap of the day or none, two or three attempts. */
function drawContent(random: Random, people: number): Record<string, unknown> {
  const daily_cap = random.pick([null, null, Math.ceil(people * 0.6)])
  return { ...unwatched, windows: office, max_attempts: random.pick([2, 3]), concurrency_max: random.pick([1, 2, null]), daily_cap }
}

async function createQuietWorld(cluster: ClusterAddress, seed: number, random: Random): Promise<World> {
  const agenda = createAgenda(beginsAt)
  const database = await createSimulatedDatabase(cluster, seed, agenda.now)
  const faults = createFaults(random)
  faults.end()
  const complain = (text: string): never => {
    throw new Error(`seed ${seed}: ${text}`)
  }
  const heart = createHeart(() => world)
  const world: World = {
    agenda, random, faults, database, complain, newNumber: createNumbers(random), beginToBeat: heart.start,
    carrier: createCarrier({ agenda, random, faults, fates, post: createPost(() => world), complain }),
    everyPromise: () => Promise.resolve(), watch: () => Promise.resolve(), setDialling: () => Promise.resolve(), changeLaw: () => Promise.resolve(),
    beforeClaim: () => Promise.resolve(), afterClaim: () => undefined,
    async judge(command, _args, { wrote }) {
      if (wrote?.length !== 0 && command !== 'tick') heart.quicken()
    },
  }
  return world
}

async function openQuietCompany({ database, judge }: World): Promise<Editor> {
  const userId = await database.newUser('Person 1')
  const owner = {
    async rpc<T>(name: string, args: Record<string, unknown> = {}): Promise<T> {
      const answer = await database.rpc({ userId }, name, args)
      // Whatever somebody writes brings the next beat back within two seconds.
      await judge(name, args, answer)
      const { data, error } = answer
      if (error) throw new Error(`${name}: ${error.message}`)
      return data as T
    },
  }
  const { account_id: accountId } = await owner.rpc<{ account_id: string }>('open_account', { company_name: 'Company 1', time_zone: zones[0] })
  await acceptTerms({ accountId, owner })
  // The seed's line was made in another year.
  await database.query('update engine.provider_lines set refilled_at = private.now(), next_dial_at = private.now()')
  await database.query(`select private.post_entry($1, 'purchase', 1000000, 'a purchase')`, [accountId])
  return { accountId, owner }
}

interface Plan { people: number, content: Record<string, unknown> }

/** Makes a campaign, asks what a forecast rests on, starts it and lets time pass until it is completed. */
async function callEverybody({ agenda, database }: World, company: Editor, { people, content }: Plan) {
  const contacts = Array.from({ length: people }, (_, index) => ({ phone: newPhone(), time_zone: zones[index % zones.length] }))
  const { campaignId } = await createCampaign(company, { contacts, content })
  const facts = await company.owner.rpc<ForecastFacts>('forecast_facts', { campaign_id: campaignId })
  const startedAt = agenda.now()
  await company.owner.rpc('start_campaign', { campaign_id: campaignId })
  for (let steps = 0; agenda.now() < startedAt + longestMs; steps++) {
    await agenda.step()
    if (steps % 20 !== 0) continue
    const [row] = await database.query<{ status: string, ended_at: string | null, seconds: number }>(`select k.status, h.used_seconds::int as seconds,
      (select max(c.ended_at) from public.calls c where c.campaign_id = k.id) as ended_at from public.campaigns k join engine.campaigns h on h.campaign_id = k.id where k.id = $1`, [campaignId])
    if (row?.status === 'completed') return { facts, startedAt, seconds: row.seconds, endedAt: new Date(row.ended_at!).getTime() }
    if (row?.status !== 'active') throw new Error(`The campaign is ${row?.status}.`)
  }
  throw new Error('The campaign did not come to its end.')
}
