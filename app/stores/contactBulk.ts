import { useDeps } from '~/composables/useDeps'
import { useRunAndReread } from '~/composables/useReread'
import type { ContactSelection } from '~~/business/models/contact.ts'
import { criteriaOf } from '~~/business/models/contactFilter.ts'
import { inBatches, type Batches, type BatchAnswer, type Counts } from '~~/business/services/contacts/inBatches.ts'

export type { Batches, Counts }

export interface BulkProgress {
  signal: AbortSignal
  onCounts: (counts: Counts) => void
}

type Ask = (part: ContactSelection, cursor: unknown) => Promise<BatchAnswer>

/** What can be done to many contacts at once. Whatever came of it, the pages are read afresh: what was done before a failure stays. */
export function useContactBulk() {
  const { contacts, contactGroups, doNotCall, campaigns } = useDeps()
  const rereading = useRunAndReread('contacts', 'do-not-call', 'campaigns')

  const run = (selection: ContactSelection, progress: BulkProgress, ask: Ask): Promise<Batches> => rereading(inBatches(selection, ask, progress))

  async function enrolChosen(campaignId: string, contactIds: string[]) {
    const { enrolled, already, blocked } = await campaigns.enrol(campaignId, contactIds)
    return { enrolled, already, blocked_count: blocked.length, next_cursor: null }
  }

  return {
    tag: (selection: ContactSelection, change: { add: string[], remove: string[] }, progress: BulkProgress) =>
      run(selection, progress, (part, cursor) => contactGroups.tag(part, change.add, change.remove, cursor)),
    addToList: (selection: ContactSelection, listId: string, progress: BulkProgress) =>
      run(selection, progress, (part, cursor) => contactGroups.add(listId, part, cursor)),
    removeFromList: (selection: ContactSelection, listId: string, progress: BulkProgress) =>
      run(selection, progress, (part, cursor) => contactGroups.remove(listId, part, cursor)),
    optOut: (selection: ContactSelection, reason: string, progress: BulkProgress) =>
      run(selection, progress, (part, cursor) => doNotCall.addMany(part, reason, cursor)),
    remove: (selection: ContactSelection, progress: BulkProgress) =>
      run(selection, progress, async (part, cursor) => {
        const answer = await contacts.deleteMany(part, cursor)
        return { ...answer, contacts: answer.deleted + answer.refused }
      }),
    /** To campaigns contacts come by their ids or by a filter; each has a command of its own. */
    enrol: (selection: ContactSelection, campaignId: string, progress: BulkProgress) =>
      run(selection, progress, async (part, cursor) => {
        const answer = 'contact_ids' in part ? await enrolChosen(campaignId, part.contact_ids) : await campaigns.enrolAll(campaignId, criteriaOf(part.filter), cursor)
        return { ...answer, contacts: answer.enrolled + answer.already }
      }),
  }
}
