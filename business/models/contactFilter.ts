import { callOutcomeSchema, type CallOutcome } from './call.ts'
import { contactSorts, contactStatuses, type ContactCriteria, type ContactSort, type ContactStatus } from './contact.ts'
import { dayOf, idOf, isId, joined, listOf, withoutEmpty, type Query } from './queryValues.ts'
import { searchTextOf } from './searchText.ts'

/** Which contacts, and in which order: what a page keeps in its address. */
export type ContactConditions = ContactCriteria & { sort?: ContactSort }

/** What the address of the page says; what it says wrongly is as if it were not there. */
export function readConditions(query: Query): ContactConditions {
  return withoutEmpty({
    text: searchTextOf(query.q),
    statuses: listOf(query.status).filter((status): status is ContactStatus => contactStatuses.some((known) => known === status)),
    tag_ids: listOf(query.tag).filter(isId),
    list_id: idOf(query.list),
    campaign_id: idOf(query.campaign),
    outcomes: listOf(query.outcome).filter((outcome): outcome is CallOutcome => callOutcomeSchema.options.some((known) => known === outcome)),
    added_from: dayOf(query.from),
    added_until: dayOf(query.to),
    has_consent: query.consent === 'yes' ? true : query.consent === 'no' ? false : undefined,
    time_zone: searchTextOf(query.zone),
    import_id: idOf(query.import),
    sort: contactSorts.find((known) => known === query.sort && known !== 'newest'),
  })
}

/** The other way; every key is there, so that one that went out of use leaves the address. */
export function queryOf(conditions: ContactConditions): Record<string, string | undefined> {
  const { text, statuses, tag_ids, list_id, campaign_id, outcomes, added_from, added_until, has_consent, time_zone, import_id, sort } = conditions
  return {
    q: text?.trim() || undefined,
    status: joined(statuses),
    tag: joined(tag_ids),
    list: list_id,
    campaign: campaign_id,
    outcome: joined(outcomes),
    from: added_from || undefined,
    to: added_until || undefined,
    consent: has_consent === undefined ? undefined : has_consent ? 'yes' : 'no',
    zone: time_zone || undefined,
    import: import_id,
    sort: sort === 'newest' ? undefined : sort,
  }
}

/** The same as one text, for a form: "" means everybody. */
export function addressOf(conditions: ContactConditions): string {
  return new URLSearchParams(Object.entries(queryOf(conditions)).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))).toString()
}

export const conditionsIn = (address: string): ContactConditions => readConditions(Object.fromEntries(new URLSearchParams(address)))

/** The conditions that leave somebody out: all but the order. A search counts as one, a list of statuses too. */
export function narrowingOf(conditions: ContactConditions): (keyof ContactConditions)[] {
  const known = Object.keys(withoutEmpty(conditions)) as (keyof ContactConditions)[]
  return known.filter((name) => name !== 'sort')
}

/** What an audience keeps: who, not in which order. */
export function criteriaOf({ sort: _, ...criteria }: ContactConditions): ContactCriteria {
  return withoutEmpty(criteria)
}
