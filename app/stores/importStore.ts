import { useQueryCache } from '@pinia/colada'
import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useAccountStore } from '~/stores/accountStore'
import type { Import, RefusedAnswer, UndoneChunk } from '~~/business/models/import.ts'
import { cellsOfRefused, refusedRowsCsv } from '~~/business/services/contacts/refusedRowsCsv.ts'
import type { KeptMapping } from './importRunStore'

/** The imports of the account, and what became of each. */
export const useImportStore = defineStore('import', () => {
  const { imports, contactGroups } = useDeps()
  const accounts = useAccountStore()
  const cache = useQueryCache()

  const planOf = (file: Import) => file.mapping as Partial<KeptMapping>

  /** Of a refused row the value at fault, as it stands in the file. */
  function valueOf(row: RefusedAnswer, file: Import): string {
    const { columns = [], uses = [] } = planOf(file)
    const cells = cellsOfRefused(row, columns, uses)
    const found = uses.findIndex((use) => use === row.field)
    return (found >= 0 ? cells[found] : cells.filter(Boolean).join(' · ').slice(0, 160)) ?? ''
  }

  function firstRowOf(content: RefusedAnswer['content']): number | undefined {
    const fault = content?.fault as { first_row?: number } | undefined
    return fault?.first_row
  }

  /** All refused rows as a file to correct and import again; asks for them page by page. */
  async function refusedFile(file: Import, reasonOf: (row: RefusedAnswer) => string, onRows: (count: number) => void): Promise<string> {
    const { columns = [], uses = [] } = planOf(file)
    const rows: RefusedAnswer[] = []
    for (let cursor: unknown = null; ;) {
      const page = await imports.listRefused(file.id, cursor)
      rows.push(...page.rows)
      onRows(rows.length)
      cursor = page.next_cursor
      if (cursor === null) return refusedRowsCsv(rows, { columns, uses }, reasonOf)
    }
  }

  /** What an undo would take back and leave, as it is now. */
  const previewUndo = (importId: string, signal: AbortSignal) => eachPart((cursor) => imports.previewUndo(importId, cursor), () => signal.throwIfAborted())

  /** Takes back what the import created and nobody touched since; adds up what stays and why. */
  async function undo(importId: string, onDeleted: (count: number) => void) {
    const sum = await eachPart((cursor) => imports.undo(importId, cursor), ({ deleted }) => onDeleted(deleted))
    await Promise.all([cache.invalidateQueries({ key: ['imports'] }), cache.invalidateQueries({ key: ['contacts'] })])
    return sum
  }

  /** Those that people are put into; an audience finds its own. */
  const listLists = async () => (await contactGroups.list(accounts.requireId())).filter(({ kind }) => kind === 'static')
  const listTags = () => contactGroups.listTags(accounts.requireId())
  const addList = async (name: string) => (await contactGroups.save(accounts.requireId(), null, { name })).list_id
  const addTag = async (name: string) => (await contactGroups.saveTag(accounts.requireId(), null, name)).tag_id

  return {
    listLists, listTags, addList, addTag,
    list: (cursor: unknown) => imports.list(accounts.requireId(), cursor), get: imports.get, listRefused: imports.listRefused,
    valueOf, firstRowOf, refusedFile, previewUndo, undo,
  }
})

export type UndoSum = Omit<UndoneChunk, 'next_cursor'>

/** Asks on and on until there is no more, and adds up the answers. */
async function eachPart(ask: (cursor: unknown) => Promise<UndoneChunk>, onPart: (sum: UndoSum) => void): Promise<UndoSum> {
  const sum: UndoSum = { deleted: 0, kept: { called: 0, enrolled: 0, changed: 0 } }
  for (let cursor: unknown = null; ;) {
    const { deleted, kept, next_cursor } = await ask(cursor)
    sum.deleted += deleted
    for (const reason of ['called', 'enrolled', 'changed'] as const) sum.kept[reason] += kept[reason]
    onPart(sum)
    cursor = next_cursor
    if (cursor === null) return sum
  }
}
