/**
 * Whether campaigns of one account share its calls by weight, judged claim by claim. A pair counts from a claim that left somebody
 * behind in both, whom it had in sight and could have taken as well, to the first one that did not: what is not wanted is not shared.
 */
import type { SimulatedDatabase } from './database.ts'
import { lanesInSight, leftFacts, type ClaimFacts, type LeftFacts, type PersonFacts } from './facts.ts'
import { hasConsent, whyClosed, whyTooSoon, type Books } from './law.ts'
import { regionOf } from './places.ts'

interface Ground {
  database: SimulatedDatabase
  books: Books
  condemn: (text: string) => void
  met: (name: string) => void
}

type Claim = Pick<ClaimFacts, 'account_id' | 'campaign_id' | 'weight'>
interface Rival { campaign: string, weight: number, taken: number }
/** What each of a pair got since both wanted every call, as calls by weight; how many calls that were. */
interface Race { shares: [number, number], calls: number }

export interface Sharing {
  beforeClaim(): Promise<void>
  afterClaim(claims: readonly Claim[]): Promise<void>
}

const fewestCalls = 12

export function createSharing({ database, books, condemn, met }: Ground): Sharing {
  let inSight = '{}'
  const races = new Map<string, Race>()
  /** The most that one claim gave a campaign, by its weight: so far it may be ahead when another one joins it. */
  const strides = new Map<string, number>()
  const judgePair = (key: string, one: Rival, other: Rival) => {
    const race = races.get(key) ?? { shares: [0, 0], calls: 0 }
    races.set(key, race)
    race.shares = [race.shares[0] + one.taken / one.weight, race.shares[1] + other.taken / other.weight]
    race.calls += one.taken + other.taken
    const allowed = [one, other].reduce((sum, { campaign, weight }) => sum + (strides.get(campaign) ?? 0) + 1 / weight, 0)
    if (race.calls >= fewestCalls) met('judged: two campaigns share an account')
    if (Math.abs(race.shares[0] - race.shares[1]) > allowed) condemn(`campaigns do not share by weight: ${JSON.stringify({ one, other, race, allowed })}`)
  }
  const judgeAccount = async (account: string, claims: readonly Claim[]) => {
    const left = await database.query<LeftFacts>(leftFacts, [account, inSight])
    for (const [campaign, taken] of Map.groupBy(claims, ({ campaign_id }) => campaign_id)) {
      strides.set(campaign, Math.max(strides.get(campaign) ?? 0, taken.length / taken[0]!.weight))
    }
    const rivals = rivalsOf(left.filter((row) => isCallable(books, row, database.now())), claims)
    const pairs = new Map(rivals.flatMap((one, place) => rivals.slice(place + 1).map((other) => [keyOf(account, one, other), [one, other] as const] as const)))
    for (const key of races.keys()) if (key.startsWith(account) && !pairs.has(key)) races.delete(key)
    for (const [key, [one, other]] of pairs) judgePair(key, one, other)
  }
  return {
    async beforeClaim() {
      inSight = (await database.query<{ ids: string | null }>(lanesInSight))[0]?.ids ?? '{}'
    },
    async afterClaim(claims) {
      for (const [account, own] of Map.groupBy(claims, ({ account_id }) => account_id)) await judgeAccount(account, own)
    },
  }
}

/** With another weight it is another race. */
const keyOf = (account: string, one: Rival, other: Rival) => [account, one.campaign, one.weight, other.campaign, other.weight].join(' ')

function rivalsOf(left: readonly LeftFacts[], claims: readonly Claim[]): Rival[] {
  const weights = new Map(left.map(({ campaign_id, weight }) => [campaign_id, weight]))
  return [...weights].toSorted().map(([campaign, weight]) => ({ campaign, weight, taken: claims.filter(({ campaign_id }) => campaign_id === campaign).length }))
}

function isCallable(books: Books, row: PersonFacts, at: number): boolean {
  const person = { ...row, region: row.stated_region ?? regionOf(row.phone) }
  return !person.is_listed && person.others === 0 && whyClosed(books, person, at) === null && whyTooSoon(books, person, at) === null
    && (person.is_overridden || hasConsent(books, person, at))
}
