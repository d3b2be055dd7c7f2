import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useDeps } from '~/composables/useDeps'
import { useAccountStore } from '~/stores/accountStore'
import { useContactImportStore } from '~/stores/contactImportStore'
import { useImportRunStore } from '~/stores/importRunStore'
import { consentContentOf } from '~~/business/models/consentForm.ts'
import type { ImportField } from '~~/business/models/contactFile.ts'
import type { CheckedChunk, ImportOptions, NewImport } from '~~/business/models/import.ts'
import type { JudgedChunk, RefusedCells } from '~~/business/services/contacts/judgeFile.ts'
import { checkChunks, type ChunkSource } from '~~/business/services/contacts/sendChunks.ts'
import { pause } from '~/utils/pause'

/** A row that stays out, as a person can correct it. fixed: it was corrected and goes in now. */
export interface Problem extends RefusedCells {
  isFixed: boolean
}

export type CheckCounts = Record<'created' | 'updated' | 'unchanged' | 'skipped' | 'do_not_call' | 'no_time_zone', number>

/** A page corrects what a person has patience for; the file of refused rows has all of them. */
const problemsMax = 1_000

/**
 * The dry run of a file: what would become of each row if it went in now, by the database's own word, and the rows that would stay out,
 * to be corrected here.
 */
export const useImportCheckStore = defineStore('importCheck', () => {
  const { imports } = useDeps()
  const accounts = useAccountStore()
  const draft = useContactImportStore()
  const runs = useImportRunStore()

  const status = ref<'idle' | 'running' | 'failed' | 'done'>('idle')
  const failure = shallowRef<unknown>(null)
  const rowsDone = ref(0)
  const base = ref(noCounts())
  const fixed = ref(noCounts())
  const problems = shallowRef<Problem[]>([])
  const refusedCount = ref(0)
  const countOfCode = ref<Record<string, number>>({})
  const isStarting = ref(false)
  let checkedAs = ''
  let abort = new AbortController()

  const counts = computed(() => sumOf(base.value, fixed.value))
  const fixedCount = computed(() => problems.value.filter(({ isFixed }) => isFixed).length)
  const openCount = computed(() => refusedCount.value - fixedCount.value)
  const goodCount = computed(() => (draft.facts?.rows_count ?? 0) - openCount.value)

  /** Corrections are judged by themselves; everything else changes what every row becomes. */
  const signature = () => JSON.stringify([draft.facts?.hash, draft.facts?.reading, { ...draft.answers, fixes: null }])

  async function check() {
    const plan = draft.plan
    const reader = draft.reader()
    if (!plan || !reader || (signature() === checkedAs && status.value !== 'failed')) return
    begin()
    const journey = { imports, wait: pause, signal: abort.signal }
    try {
      const importId = await opened()
      if (journey.signal.aborted) return
      await reader.start(plan)
      await checkChunks(journey, importId, reader as ChunkSource, take)
      if (!journey.signal.aborted) status.value = 'done'
    } catch (error) {
      if (journey.signal.aborted) return
      failure.value = error
      status.value = 'failed'
    }
  }

  function begin() {
    reset()
    checkedAs = signature()
    status.value = 'running'
  }

  /** One import for a draft, however often its answers change. */
  async function opened(): Promise<string> {
    const content = contentOf()
    if (draft.importId) {
      await imports.change(draft.importId, content)
      return draft.importId
    }
    const { import_id, same_file } = await imports.create(accounts.requireId(), content)
    draft.earlier = same_file ?? draft.earlier
    draft.importId = import_id
    return import_id
  }

  function contentOf(): NewImport {
    const { facts, answers, plan } = draft
    const consent = draft.hasConsentColumns || !answers.consent || answers.consent.basis === '' ? null : consentContentOf(answers.consent)
    const options: ImportOptions = {
      list_id: answers.list_id, tag_ids: answers.tag_ids, default_country: answers.country, duplicates: answers.duplicates, consent_defaults: null }
    return {
      file_name: Array.from(facts?.name ?? '').slice(0, 255).join('') || 'unnamed', file_hash: facts?.hash ?? '', file_bytes: facts?.bytes ?? 0,
      default_time_zone: answers.zone, row_count: facts?.rows_count ?? 0, consent, options, mapping: { ...plan, reading: facts?.reading } }
  }

  function take(chunk: JudgedChunk, answer: CheckedChunk | null) {
    rowsDone.value += chunk.rows.length + chunk.refused.length
    if (answer) base.value = sumOf(base.value, answer)
    const refused = [...chunk.refused, ...(answer?.refused ?? []).map((told) => refusalOf(told, chunk))]
    refusedCount.value += refused.length
    const codes = { ...countOfCode.value }
    for (const { code } of refused) codes[code] = (codes[code] ?? 0) + 1
    countOfCode.value = codes
    const room = problemsMax - problems.value.length
    if (room <= 0 || refused.length === 0) return
    const added = refused.slice(0, room).map((row) => ({ ...row, isFixed: false }))
    problems.value = [...problems.value, ...added].sort((a, b) => a.row - b.row)
  }

  /** What the database refuses was good to us; its cells are those that were sent. */
  function refusalOf({ row, field, code }: CheckedChunk['refused'][number], chunk: JudgedChunk): RefusedCells {
    const sent = chunk.rows.find((candidate) => candidate.row === row)
    const value = (name: string) => String((sent as unknown as Record<string, unknown> | undefined)?.[name] ?? '')
    return { row, field, code: code as RefusedCells['code'], value: value(field), cells: draft.answers.uses.map((use, index) =>
      use === 'attribute' ? sent?.attributes[draft.facts?.columns[index] ?? ''] ?? '' : value(use)) }
  }

  /** Corrects one cell; the row, and all others that were corrected, are judged again at once. */
  async function fix(row: number, column: number, value: string) {
    const reader = draft.reader()
    draft.answers.fixes = { ...draft.answers.fixes, [row]: { ...draft.answers.fixes[row], [column]: value } }
    const plan = draft.plan
    if (!reader || !plan || !draft.importId) return
    const rows = problems.value.filter((problem) => plan.fixes[problem.row]).map((problem) => ({ row: problem.row, cells: problem.cells, ...(problem.code === 'quotes' && { has_broken_quotes: true }) }))
    try {
      const judged = await reader.again(rows, plan)
      const answer = judged.rows.length > 0 ? await imports.checkChunk(draft.importId, judged.rows) : null
      fixed.value = answer ? sumOf(noCounts(), answer) : noCounts()
      const told = (answer?.refused ?? []).map((refused) => refusalOf(refused, { index: 0, rows: judged.rows, refused: [] }))
      const complaints = new Map([...judged.refused, ...told].map((refused) => [refused.row, refused]))
      problems.value = problems.value.map((problem) => judgedAgain(problem, complaints.get(problem.row), plan.fixes[problem.row] !== undefined))
    } catch (error) {
      failure.value = error
    }
  }

  const judgedAgain = (problem: Problem, complaint: RefusedCells | undefined, isTouched: boolean): Problem =>
    !isTouched ? problem : complaint ? { ...complaint, cells: problem.cells, isFixed: false } : { ...problem, isFixed: true }

  /** Leaves unreadable values of a field out everywhere, or keeps such rows out again. */
  async function empty(field: ImportField, isOn: boolean) {
    draft.answers.emptied = isOn ? [...draft.answers.emptied, field] : draft.answers.emptied.filter((other) => other !== field)
    await check()
  }

  /** Answers the import that runs from now on, whoever looks. */
  async function start(): Promise<string | null> {
    const { plan, facts, importId } = draft
    if (!plan || !facts || !importId || isStarting.value) return null
    isStarting.value = true
    try {
      await imports.change(importId, contentOf())
      const { file, reader } = draft.release()
      const job = { import_id: importId, account_id: accounts.requireId(), file_name: facts.name, rows_count: facts.rows_count, reading: facts.reading, plan }
      if (file) void runs.start(job, file, reader)
      reset()
      return importId
    } catch (error) {
      failure.value = error
      return null
    } finally {
      isStarting.value = false
    }
  }

  function reset() {
    abort.abort()
    abort = new AbortController()
    checkedAs = ''
    status.value = 'idle'
    failure.value = null
    rowsDone.value = 0
    base.value = noCounts()
    fixed.value = noCounts()
    problems.value = []
    refusedCount.value = 0
    countOfCode.value = {}
  }

  // Another file, or another account: what was found out about the last one is gone.
  watch(() => draft.facts, reset)

  return { status, failure, rowsDone, counts, problems, refusedCount, openCount, goodCount, countOfCode, isStarting, check, fix, empty, start }
})

function noCounts(): CheckCounts {
  return { created: 0, updated: 0, unchanged: 0, skipped: 0, do_not_call: 0, no_time_zone: 0 }
}

function sumOf(a: CheckCounts, b: CheckCounts): CheckCounts {
  return {
    created: a.created + b.created, updated: a.updated + b.updated, unchanged: a.unchanged + b.unchanged, skipped: a.skipped + b.skipped,
    do_not_call: a.do_not_call + b.do_not_call, no_time_zone: a.no_time_zone + b.no_time_zone,
  }
}
