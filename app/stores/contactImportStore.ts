import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useDeps } from '~/composables/useDeps'
import { currentTime } from '~/composables/useNow'
import { useAccountStore } from '~/stores/accountStore'
import { useSessionStore } from '~/stores/sessionStore'
import { fileLimits, type ColumnUse, type FileFacts, type FileFault, type Reading } from '~~/business/models/contactFile.ts'
import { consentSchema } from '~~/business/models/consentForm.ts'
import type { SameFile } from '~~/business/models/import.ts'
import { createContactFileReader, type ContactFileReader } from './contactFileReader'
import { emptyAnswers, planOf, type ImportAnswers } from './importAnswers'
import { forget, keep, recall } from './importKeeper'

export const importSteps = ['file', 'columns', 'options', 'check'] as const
export type ImportStep = (typeof importSteps)[number]

/** What is kept of a file on its way through the wizard; the file lies beside it. */
interface Draft {
  user_id: string
  account_id: string
  reading: Reading
  answers: ImportAnswers
  import_id: string | null
}

/**
 * A contact file before it goes in: chosen, its columns named, questions answered. It lives here and not in the page, and is kept in the
 * browser, so that no step loses what another one said, nor does a reload.
 */
export const useContactImportStore = defineStore('contactImport', () => {
  const { imports } = useDeps()
  const accounts = useAccountStore()
  const session = useSessionStore()

  const file = shallowRef<File | null>(null)
  const facts = shallowRef<FileFacts | null>(null)
  const fault = ref<FileFault | null>(null)
  const failure = shallowRef<unknown>(null)
  const isReading = ref(false)
  const answers = ref<ImportAnswers>(emptyAnswers())
  const importId = ref<string | null>(null)
  const earlier = shallowRef<Pick<SameFile, 'id' | 'created_at' | 'undone_at'> | null>(null)
  let reader: ContactFileReader | null = null
  let restored: Promise<void> | null = null

  const hasPhone = computed(() => answers.value.uses.includes('phone'))
  const hasConsentColumns = computed(() => answers.value.uses.some((use) => use === 'consent_basis' || use === 'consent_given_at'))
  const plan = computed(() => planOf(facts.value, answers.value, currentTime(), accounts.account?.time_zone ?? 'UTC'))

  async function choose(chosen: File) {
    reset()
    file.value = chosen
    // Before it is read: a film of some gigabytes would take the tab along.
    if (chosen.size > fileLimits.bytes) {
      fault.value = 'too_large'
      return
    }
    await read({})
    if (facts.value) void keep('draft-file', chosen)
  }

  /** Also when a person sees that it was read wrongly: another sheet, encoding or delimiter. */
  async function read(wish: Partial<Reading>, kept?: ImportAnswers) {
    const chosen = file.value
    if (!chosen) return
    reader ??= createContactFileReader()
    const mine = reader
    isReading.value = true
    fault.value = null
    failure.value = null
    try {
      const opened = await mine.open(chosen, wish)
      if (mine !== reader) return
      facts.value = 'fault' in opened ? null : opened
      if ('fault' in opened) fault.value = opened.fault
      else answers.value = kept ?? { ...answers.value, uses: opened.uses, fixes: {}, emptied: [] }
      if (facts.value) void findEarlier(facts.value.hash)
    } catch (error) {
      if (mine === reader) failure.value = error
    } finally {
      if (mine === reader) isReading.value = false
    }
  }

  const reread = (change: Partial<Reading>) => read({ ...facts.value?.reading, has_header: undefined, ...change })

  /** Said early, so that nobody maps columns for nothing. Only a courtesy: the dry run asks the database about every import there was. */
  async function findEarlier(hash: string) {
    const accountId = accounts.requireId()
    const page = await imports.list(accountId, null, 100).catch(() => null)
    if (accountId === accounts.currentId && facts.value?.hash === hash) earlier.value = page?.rows.find(({ file_hash }) => file_hash === hash) ?? earlier.value
  }

  /** Every other use may be given to many columns; of each field of a contact there is one. */
  function use(column: number, chosen: ColumnUse) {
    const isShared = chosen === 'attribute' || chosen === 'ignore'
    answers.value = { ...answers.value, fixes: {}, uses: answers.value.uses.map((current, index) =>
      index === column ? chosen : current === chosen && !isShared ? 'attribute' : current) }
  }

  /** Nobody is imported before the question of consent was answered. */
  const isAnswered = computed(() => (hasConsentColumns.value
    ? answers.value.uses.includes('consent_purposes') || answers.value.consent_purposes.length > 0
    : answers.value.consent !== null && consentSchema.safeParse(answers.value.consent).success))

  function canOpen(step: ImportStep): boolean {
    if (step === 'file') return true
    if (!facts.value || (step !== 'columns' && !hasPhone.value)) return false
    return step !== 'check' || isAnswered.value
  }

  /** What a reload left behind. Asked once; whoever else is signed in now gets nothing. */
  function restore(): Promise<void> {
    restored ??= (async () => {
      const [draft, blob] = [await recall<Draft>('draft'), await recall<File>('draft-file')]
      if (!draft || !blob || draft.user_id !== session.user?.user_id || draft.account_id !== accounts.currentId || file.value) return
      file.value = blob
      importId.value = draft.import_id
      await read(draft.reading, draft.answers)
    })()
    return restored
  }

  watch([answers, importId], () => {
    if (!facts.value || !session.user || !accounts.currentId) return
    const owner = { user_id: session.user.user_id, account_id: accounts.currentId }
    const draft: Draft = { ...owner, reading: facts.value.reading, answers: answers.value, import_id: importId.value }
    void keep('draft', JSON.parse(JSON.stringify(draft)))
  }, { deep: true })

  /** Hands the file and its reader over to whoever sends it; the wizard is empty then. */
  function release() {
    const released = { file: file.value, reader }
    reader = null
    reset()
    return released
  }

  function reset() {
    reader?.close()
    reader = null
    file.value = null
    facts.value = null
    fault.value = null
    failure.value = null
    isReading.value = false
    importId.value = null
    earlier.value = null
    // The country and the zone are the company's, not the file's.
    answers.value = { ...emptyAnswers(), country: answers.value.country, zone: answers.value.zone }
    void forget('draft', 'draft-file')
  }

  watch(() => accounts.currentId, () => {
    answers.value = emptyAnswers()
    reset()
  })

  return {
    file, facts, fault, failure, isReading, answers, importId, earlier, hasPhone, hasConsentColumns, plan,
    choose, reread, use, canOpen, restore, release, reset, reader: () => reader,
  }
})
