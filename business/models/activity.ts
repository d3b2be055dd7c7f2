import { dayOf, idOf, joined, knownOf, withoutEmpty, type Query } from './queryValues.ts'
import { searchTextOf } from './searchText.ts'

/** Who did something: a member; the people who run the installation; the product by itself. */
export const actorKinds = ['person', 'platform', 'system'] as const
export type ActorKind = (typeof actorKinds)[number]

/** What lines are about, as their filter offers it. */
export const activitySubjects = [
  'account', 'member', 'invitation', 'campaign', 'enrolment', 'call', 'contact', 'list', 'tag', 'import', 'assistant', 'disposition', 'order', 'card', 'number', 'line',
] as const
export type ActivitySubject = (typeof activitySubjects)[number]

/** Neither is there where the value is a person's, or too long to be kept. */
export interface FieldChange { before?: unknown, after?: unknown }

/** One line of the account's log: who did what, from where, to which fields. It is written once and never changes. */
export interface ActivityLine {
  id: number
  created_at: string
  actor_id: string | null
  actor_kind: ActorKind
  /** Null where nobody in person did it, or they are gone. */
  actor_name: string | null
  /** noun.verb: member.role_changed. */
  verb: string
  subject_type: string
  subject_id: string | null
  /** As its reader may see it: a contact's is masked for whoever may not see names. */
  subject_name: string | null
  details: Record<string, unknown>
  changes: Record<string, FieldChange>
  ip: string | null
  user_agent: string | null
  request_id: string | null
}

export interface ActivityPage { rows: ActivityLine[], next_cursor: unknown }

/** Which lines; nothing: all of them. Days are the account's, both included. text: an address, the id of a request or of a subject. */
export interface ActivityConditions {
  text?: string
  actor_id?: string
  actor_kind?: ActorKind
  subject_types?: ActivitySubject[]
  from_day?: string
  until_day?: string
}

/** What the address of the page says; what it says wrongly is as if it were not there. */
export function readActivityConditions(query: Query): ActivityConditions {
  return withoutEmpty({
    text: searchTextOf(query.q),
    actor_id: idOf(query.by),
    actor_kind: actorKinds.find((kind) => kind === query.who),
    subject_types: knownOf(query.about, activitySubjects),
    from_day: dayOf(query.from),
    until_day: dayOf(query.to),
  })
}

/** The other way; every key is there, so that one that went out of use leaves the address. */
export function queryOfActivity({ text, actor_id, actor_kind, subject_types, from_day, until_day }: ActivityConditions): Record<string, string | undefined> {
  return { q: text?.trim() || undefined, by: actor_id, who: actor_kind, about: joined(subject_types), from: from_day || undefined, to: until_day || undefined }
}

export interface NamedChange extends FieldChange { field: string }

/** The fields that a line speaks of: those that the database noted, and those that a command wrote into its details. */
export function changesOf({ changes, details }: Pick<ActivityLine, 'changes' | 'details'>): NamedChange[] {
  const told = Object.entries(details).filter((entry): entry is [string, FieldChange] => isChange(entry[1]))
  const named = Array.isArray(details.fields) ? details.fields.filter((field) => typeof field === 'string').map((field): [string, FieldChange] => [field, {}]) : []
  const all = new Map<string, FieldChange>([...named, ...Object.entries(changes), ...told])
  return [...all].map(([field, change]) => ({ field, ...change })).sort((a, b) => a.field.localeCompare(b.field))
}

const isChange = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value) && ('before' in value || 'after' in value)

/** The page of what a line is about; null where it has none or is gone. */
export function placeOfSubject({ subject_type, subject_id, subject_name, verb }: Pick<ActivityLine, 'subject_type' | 'subject_id' | 'subject_name' | 'verb'>): string | null {
  if (subject_type === 'call' && subject_id) return `/calls/${subject_id}`
  if (!subject_id || subject_name === null) return subject_type === 'account' && verb.startsWith('ledger.') ? '/billing/ledger' : null
  const places: Record<string, string> = {
    campaign: `/campaigns/${subject_id}`, assistant: `/assistants/${subject_id}`, contact: `/contacts/${subject_id}`, import: `/contacts/imports/${subject_id}`,
    list: '/contacts/lists', tag: '/contacts/lists', member: '/settings/team', invitation: '/settings/team', disposition: '/settings/dispositions', order: `/billing?order=${subject_id}`,
  }
  return places[subject_type] ?? null
}

const browsers: [RegExp, string][] = [[/Edg(e|A|iOS)?\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\/|FxiOS\//, 'Firefox'], [/Chrome\/|CriOS\//, 'Chrome'], [/Safari\//, 'Safari'], [/curl\//, 'curl']]
const systems: [RegExp, string][] = [[/iPhone|iPad/, 'iOS'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS X|Macintosh/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']]

/** The names in what a browser says of itself; what it says otherwise is shown as it is. */
export function deviceOf(userAgent: string): { browser: string, system: string | null } {
  const nameIn = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null
  return { browser: nameIn(browsers) ?? userAgent, system: nameIn(systems) }
}

/** What looking at some links of the chain came to. next: where to go on, null at its end. */
export interface ChainPart {
  /** position null: the chain as a whole. */
  broken: { position: number | null, reason: ChainFault } | null
  link_count: number
  line_count: number
  next: number | null
  /** Lines of the last minute that no link holds yet. */
  waiting_count: number
  linked_at: string | null
  /** What the chain ends with, in hex; null where it has no link yet. */
  fingerprint: string | null
}

export const chainFaults = ['lines_missing', 'lines_changed', 'link_missing', 'end_missing', 'lines_added'] as const
export type ChainFault = (typeof chainFaults)[number]

export type ChainVerdict = Omit<ChainPart, 'next'>
