import { useQueryCache } from '@pinia/colada'
import { useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useDeps } from '~/composables/useDeps'
import { isImportRunning } from '~/composables/useImportMark'
import { useAccountStore } from '~/stores/accountStore'
import { useSessionStore } from '~/stores/sessionStore'
import { pause } from '~/utils/pause'
import type { Reading } from '~~/business/models/contactFile.ts'
import type { Import } from '~~/business/models/import.ts'
import type { ImportPlan } from '~~/business/services/contacts/judgeRow.ts'
import { importChunks, type ChunkSource } from '~~/business/services/contacts/sendChunks.ts'
import { createContactFileReader, type ContactFileReader } from './contactFileReader'
import { forget, keep, recall } from './importKeeper'

export interface RunJob {
  import_id: string
  account_id: string
  file_name: string
  rows_count: number
  reading: Reading
  plan: ImportPlan
}

interface KeptJob extends RunJob {
  user_id: string
}

/** What an import keeps of its plan with the database, so that another device can go on with it. */
export type KeptMapping = ImportPlan & { reading: Reading }

/**
 * The import that this browser sends, whatever page is open. It is kept in the browser with its file, so that it goes on after a reload;
 * what is in already is known to the database.
 */
export const useImportRunStore = defineStore('importRun', () => {
  const { imports } = useDeps()
  const accounts = useAccountStore()
  const session = useSessionStore()
  const cache = useQueryCache()

  const job = shallowRef<RunJob | null>(null)
  const status = ref<'idle' | 'sending' | 'stopped' | 'done'>('idle')
  const rowsDone = ref(0)
  const failure = shallowRef<unknown>(null)
  /** False: the browser keeps nothing, so a reload would stop it. */
  const isKept = ref(true)
  let file: File | null = null
  let reader: ContactFileReader | null = null
  let abort = new AbortController()

  /** Whoever switched accounts sees nothing of it; it goes on unseen. */
  const isShown = computed(() => job.value !== null && job.value.account_id === accounts.currentId)

  async function start(next: RunJob, from: File, opened: ContactFileReader | null) {
    stop()
    job.value = next
    file = from
    reader = opened
    isImportRunning.value = true
    const kept: KeptJob = { ...next, user_id: session.user?.user_id ?? '' }
    void Promise.all([keep('run', kept), keep('run-file', from)]).then((done) => (isKept.value = done.every(Boolean)))
    await send(async () => new Set())
  }

  /** findDone: what is in already and is not sent again; asked when it is this tab's turn. */
  async function send(findDone: () => Promise<ReadonlySet<number>>) {
    const current = job.value
    if (!current || !file) return
    status.value = 'sending'
    failure.value = null
    rowsDone.value = 0
    const journey = { imports, wait: pause, signal: abort.signal }
    try {
      await alone(current.import_id, async () => {
        const [done, source] = [await findDone(), await opened(current, file as File)]
        await importChunks(journey, { import_id: current.import_id, done }, source, ({ rows, refused }) => (rowsDone.value += rows.length + refused.length))
        if (!journey.signal.aborted) await finish(current)
      })
    } catch (error) {
      if (journey.signal.aborted) return
      failure.value = error
      status.value = 'stopped'
    }
  }

  async function opened({ plan, reading }: RunJob, from: File): Promise<ChunkSource> {
    if (!reader) {
      reader = createContactFileReader()
      await reader.open(from, reading)
    }
    await reader.start(plan)
    return reader
  }

  async function finish({ import_id }: RunJob) {
    await imports.finish(import_id)
    status.value = 'done'
    close()
    await Promise.all([forget('run', 'run-file'), cache.invalidateQueries({ key: ['imports'] }), cache.invalidateQueries({ key: ['contacts'] })])
  }

  /** After a failure or a reload. Another tab may have finished it meanwhile; its chunks are skipped and the end is told once more. */
  async function goOn() {
    const current = job.value
    if (!current || status.value === 'sending') return
    await send(async () => new Set((await imports.get(current.import_id)).chunks_done))
  }

  /** What a reload left behind. Another person's is none of ours. */
  async function resume() {
    if (job.value) return
    const [kept, blob] = [await recall<KeptJob>('run'), await recall<File>('run-file')]
    if (!kept || !blob || kept.user_id !== session.user?.user_id) {
      isImportRunning.value = false
      return
    }
    job.value = kept
    file = blob
    await goOn()
  }

  /** The same file, dropped again where its copy is gone or on another device. Answers false when it is another one. */
  async function takeFile(from: Import, dropped: File): Promise<boolean> {
    const { reading, ...plan } = from.mapping as KeptMapping
    const opening = createContactFileReader()
    const facts = await opening.open(dropped, reading)
    if ('fault' in facts || facts.hash !== from.file_hash) {
      opening.close()
      return false
    }
    const next = { import_id: from.id, account_id: from.account_id, file_name: from.file_name, rows_count: from.row_count, reading, plan }
    stop()
    job.value = next
    file = dropped
    reader = opening
    isImportRunning.value = true
    void Promise.all([keep('run', { ...next, user_id: session.user?.user_id ?? '' }), keep('run-file', dropped)])
    await goOn()
    return true
  }

  function close() {
    reader?.close()
    reader = null
  }

  function stop() {
    abort.abort()
    abort = new AbortController()
    close()
    job.value = null
    file = null
    status.value = 'idle'
    rowsDone.value = 0
    failure.value = null
  }

  /** Puts the notice about it away. */
  function dismiss() {
    stop()
    isImportRunning.value = false
  }

  /** What is in stays in; nothing more is sent. */
  async function giveUp() {
    const current = job.value
    if (!current) return
    await imports.fail(current.import_id, 'given_up')
    stop()
    isImportRunning.value = false
    await Promise.all([forget('run', 'run-file'), cache.invalidateQueries({ key: ['imports'] })])
  }

  // Whoever signs out leaves nothing behind that goes on in their name.
  watch(() => session.user, (user) => {
    if (user) return
    stop()
    isImportRunning.value = false
  })

  useEventListener(globalThis, 'online', () => status.value === 'stopped' && void goOn())

  return { job, status, rowsDone, failure, isKept, isShown, start, goOn, resume, takeFile, giveUp, dismiss }
})

/** One tab sends at a time: others would send the same, to no use. The lock goes with the tab. */
async function alone(importId: string, work: () => Promise<void>): Promise<void> {
  // A page that came without TLS has none, whatever the type says.
  const locks = navigator.locks as LockManager | null | undefined
  await (locks ? locks.request(`outdial-import-${importId}`, work) : work())
}
