import type { CallDetails, CallFilter, CallRecord } from '../../models/callRecord.ts'
import type { ContactDetails, ContactEvent } from '../../models/contact.ts'
import type { CallRepository } from '../../repositories/callRepository.ts'
import type { ContactRepository } from '../../repositories/contactRepository.ts'
import type { DoNotCallRepository } from '../../repositories/doNotCallRepository.ts'
import { eachPage, type PageProgress } from '../eachPage.ts'

interface Deps {
  contacts: Pick<ContactRepository, 'exportPage' | 'get' | 'timeline'>
  calls: Pick<CallRepository, 'list' | 'get' | 'fetchRecording'>
  doNotCall: Pick<DoNotCallRepository, 'history'>
  /** Packs files by their names. */
  pack: (files: Record<string, Blob>) => Promise<Blob>
}

export interface PersonTask {
  account_id: string
  contact_id: string
  withRecordings: boolean
  /** What stands in README.txt: what each file is. */
  readme: string
}

/**
 * All that an account knows of one person, as an archive to hand to them: person.json, calls.json, recordings. What the account pays and how
 * it calls are its own matter and left out. Counts calls; null when it was stopped. The export is logged as every other of contacts.
 */
export async function exportPerson(deps: Deps, task: PersonTask, progress: PageProgress): Promise<Blob | null> {
  await deps.contacts.exportPage({ account_id: task.account_id, contact_ids: [task.contact_id] }, null)
  const people = await samePerson(deps, task.contact_id)
  const files: Record<string, Blob> = { 'README.txt': new Blob([task.readme.replaceAll('\n', '\r\n')]) }
  const told: object[] = []
  const calls: CallDetails[] = []
  for (const person of people) {
    const timeline = await timelineOf(deps, person.id, progress.signal)
    const found = timeline && await callsOf(deps, { account_id: task.account_id, contact_id: person.id }, calls.length, progress)
    if (!timeline || !found) return null
    calls.push(...found)
    told.push({ ...aboutPerson(person), do_not_call_history: await deps.doNotCall.history(task.account_id, person.phone), timeline })
  }
  files['person.json'] = jsonOf(told)
  files['calls.json'] = jsonOf(calls.map(aboutCall))
  if (task.withRecordings && !await addRecordings(deps, calls, files, progress.signal)) return null
  return deps.pack(files)
}

/** The contact, what its number was before it was corrected, and after. */
async function samePerson({ contacts }: Pick<Deps, 'contacts'>, contact_id: string): Promise<ContactDetails[]> {
  const people: ContactDetails[] = []
  const wanted = [contact_id]
  for (let id = wanted.pop(); id; id = wanted.pop()) {
    const person = await contacts.get(id)
    people.push(person)
    wanted.push(...[person.replaces, person.replaced_by].filter((other) => other !== null && !people.some((known) => known.id === other)) as string[])
  }
  return people
}

async function timelineOf({ contacts }: Pick<Deps, 'contacts'>, contact_id: string, signal: AbortSignal): Promise<ContactEvent[] | null> {
  const events: ContactEvent[] = []
  const isWhole = await eachPage(
    (cursor) => contacts.timeline(contact_id, cursor, 100), async (rows) => void events.push(...rows), { signal, onRows: () => undefined })
  return isWhole ? events : null
}

async function callsOf({ calls }: Pick<Deps, 'calls'>, filter: CallFilter, before: number, { signal, onRows }: PageProgress): Promise<CallDetails[] | null> {
  const details: CallDetails[] = []
  const isWhole = await eachPage((cursor) => calls.list(filter, cursor, 100), async (rows: CallRecord[]) => {
    for (const { id } of rows) {
      if (signal.aborted) return
      details.push(await calls.get(id))
      onRows(before + details.length)
    }
  }, { signal, onRows: () => undefined })
  return isWhole ? details : null
}

async function addRecordings(
  { calls }: Pick<Deps, 'calls'>, made: readonly CallDetails[], files: Record<string, Blob>, signal: AbortSignal,
): Promise<boolean> {
  for (const { recording_path: path } of made) {
    if (signal.aborted) return false
    if (path) files[`recordings/${path.split('/').at(-1)}`] = await calls.fetchRecording(path, signal)
  }
  return !signal.aborted
}

/** The page's own matters (what comes next and why, the calls that calls.json has whole) are not the person's. */
function aboutPerson({ next_attempts: _next, calls: _calls, account_id: _account, history: _history, ...told }: ContactDetails) {
  return told
}

const callFields = [
  'id', 'campaign_name', 'assistant_name', 'kind', 'attempt_no', 'phone', 'created_at', 'dialled_at', 'started_at', 'ended_at', 'talk_seconds', 'outcome',
  'ended_reason', 'disposition', 'own_disposition', 'sentiment', 'disposition_history', 'callback_at', 'callback_note', 'transcript', 'transcript_fate',
  'recording_state', 'recording_fate', 'timeline',
] as const

function aboutCall(call: CallDetails) {
  return Object.fromEntries(callFields.map((field) => [field, call[field]]))
}

const jsonOf = (value: unknown) => new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' })
