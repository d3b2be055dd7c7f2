// @vitest-environment happy-dom
import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { defineComponent } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { depsKey } from '../../../../app/composables/useDeps.ts'
import { useAccountStore } from '../../../../app/stores/accountStore.ts'
import { useContactImportStore } from '../../../../app/stores/contactImportStore.ts'
import { useImportCheckStore } from '../../../../app/stores/importCheckStore.ts'
import { useImportRunStore } from '../../../../app/stores/importRunStore.ts'
import { useSessionStore } from '../../../../app/stores/sessionStore.ts'
import { AppError } from '../../../../business/models/appError.ts'
import { emptyConsent } from '../../../../business/models/consentForm.ts'
import { fileLimits, type ImportRow } from '../../../../business/models/contactFile.ts'
import { Claims, judgeAgain, judgeFile } from '../../../../business/services/contacts/judgeFile.ts'
import { readContactFile, type OpenFile } from '../../../../business/services/contacts/readContactFile.ts'

/** There are no workers here; what the worker calls is called at once. */
vi.mock('../../../../app/stores/contactFileReader', () => ({
  createContactFileReader: () => {
    let open: OpenFile
    let claims = new Claims()
    let chunks: ReturnType<typeof judgeFile>
    return {
      open: async (...args: Parameters<typeof readContactFile>) => {
        const opened = await readContactFile(...args)
        if ('facts' in opened) open = opened
        return 'facts' in opened ? opened.facts : opened
      },
      start: async (plan: Parameters<typeof judgeFile>[1]) => void (chunks = judgeFile(open.rows(), plan, claims = new Claims())),
      next: async () => (await chunks.next()).value ?? null,
      again: async (rows: Parameters<typeof judgeAgain>[0], plan: Parameters<typeof judgeAgain>[1]) => judgeAgain(rows, plan, claims),
      close: () => {},
    }
  },
}))

/** What the browser keeps across a reload. */
const kept = vi.hoisted(() => new Map<string, unknown>())
vi.mock('../../../../app/stores/importKeeper', () => ({
  keep: async (key: string, value: unknown) => Boolean(kept.set(key, value)),
  recall: async (key: string) => kept.get(key) ?? null,
  forget: async (...keys: string[]) => keys.forEach((key) => kept.delete(key)),
  forgetAll: () => kept.clear(),
}))
vi.mock('../../../../app/utils/pause', () => ({ pause: async () => undefined }))

const people = () => new File(['name,phone,e-mail\nAda,+12124567801,\nBob,12,\nCy,+12124567803,cy\n'], 'people.csv')
const counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, do_not_call: 0, no_time_zone: 0, refused: [] }
const imports = {
  create: vi.fn(), change: vi.fn(), checkChunk: vi.fn(), importChunk: vi.fn(), finish: vi.fn(), list: vi.fn(), get: vi.fn(), fail: vi.fn(),
}

beforeEach(() => {
  vi.resetAllMocks()
  kept.clear()
  localStorage.clear()
  imports.list.mockResolvedValue({ rows: [], next_cursor: null })
  imports.create.mockResolvedValue({ import_id: 'import-1', same_file: null })
  imports.checkChunk.mockImplementation(async (_: string, rows: ImportRow[]) => ({ ...counts, created: rows.length }))
  imports.importChunk.mockResolvedValue({ ...counts, contact_ids: [] })
})

function openApp() {
  const stores = {} as {
    accounts: ReturnType<typeof useAccountStore>
    draft: ReturnType<typeof useContactImportStore>
    check: ReturnType<typeof useImportCheckStore>
    run: ReturnType<typeof useImportRunStore>
    session: ReturnType<typeof useSessionStore>
  }
  const page = defineComponent(() => {
    stores.session = useSessionStore()
    stores.session.user = { user_id: 'user-1', email: '', name: '', company_name: null, company_type: 'generic' }
    stores.accounts = useAccountStore()
    stores.accounts.use('account-1')
    Object.assign(stores, { draft: useContactImportStore(), check: useImportCheckStore(), run: useImportRunStore() })
    return () => null
  })
  mount(page, { global: { plugins: [createPinia(), PiniaColada], provide: { [depsKey as symbol]: { imports, accounts: {}, session: {} } } } })
  return stores
}

async function openChecked() {
  const app = openApp()
  await app.draft.choose(people())
  app.draft.answers.consent = emptyConsent('none', '2026-11-21')
  await app.check.check()
  return app
}

it('tells what would happen, and names the rows that would stay out', async () => {
  const { check } = await openChecked()
  expect(check.counts.created).toBe(1)
  expect(check.problems).toMatchObject([{ row: 3, field: 'phone', code: 'invalid_number' }, { row: 4, field: 'email', code: 'invalid_email' }])
  expect([check.goodCount, check.openCount]).toEqual([1, 2])
})

it('judges a corrected row at once and counts it in', async () => {
  const { check } = await openChecked()
  await check.fix(3, 1, '+12124567801')
  expect(check.problems[0]).toMatchObject({ isFixed: false, code: 'duplicate', first_row: 2 })
  await check.fix(3, 1, '+1 212 456 7802')
  expect(check.problems[0]).toMatchObject({ isFixed: true })
  expect([check.counts.created, check.goodCount, check.openCount]).toEqual([2, 2, 1])
})

it('leaves unreadable values out everywhere when a person says so', async () => {
  const { check } = await openChecked()
  await check.empty('email', true)
  expect(check.problems.map(({ row }) => row)).toEqual([3])
  expect(check.counts.created).toBe(2)
})

it('checks again only what a changed answer changes', async () => {
  const { check, draft } = await openChecked()
  await check.check()
  expect(imports.checkChunk).toHaveBeenCalledTimes(1)
  draft.answers.duplicates = 'skip'
  await check.check()
  expect(imports.checkChunk).toHaveBeenCalledTimes(2)
  expect(imports.create, 'it stays one import').toHaveBeenCalledTimes(1)
  expect(imports.change).toHaveBeenCalledWith('import-1', expect.objectContaining({ options: expect.objectContaining({ duplicates: 'skip' }) }))
})

it('sends corrected rows with the good ones and the refused ones with their reason', async () => {
  const { check, run } = await openChecked()
  await check.fix(3, 1, '+12124567802')
  expect(await check.start()).toBe('import-1')
  await expect.poll(() => run.failure ?? run.status).toBe('done')
  const [, chunk, rows] = imports.importChunk.mock.calls[0] as [string, number, (ImportRow & { fault?: object })[]]
  expect(chunk).toBe(0)
  expect(rows.map(({ row, phone, fault }) => [row, phone ?? fault])).toEqual([[2, '+12124567801'], [3, '+12124567802'], [4, { field: 'email', code: 'invalid_email' }]])
  expect(imports.finish).toHaveBeenCalledWith('import-1')
  expect([...kept.keys()], 'nothing of it stays in the browser').toEqual([])
})

it('goes on after a failure with what is missing', async () => {
  const { check, run } = await openChecked()
  imports.importChunk.mockRejectedValue(new AppError('unavailable', 'No network.'))
  await check.start()
  await expect.poll(() => run.status).toBe('stopped')
  imports.importChunk.mockResolvedValue({ ...counts, contact_ids: [] })
  imports.get.mockResolvedValue({ chunks_done: [] })
  await run.goOn()
  expect(run.status).toBe('done')
})

it('goes on after a reload with the file that was kept, and not for somebody else', async () => {
  const before = await openChecked()
  imports.importChunk.mockRejectedValue(new AppError('forbidden', 'Stopped here.'))
  await before.check.start()
  await expect.poll(() => before.run.status).toBe('stopped')
  imports.importChunk.mockResolvedValue({ ...counts, contact_ids: [] })
  imports.get.mockResolvedValue({ chunks_done: [] })
  const other = openApp()
  other.session.user = { user_id: 'user-2', email: '', name: '', company_name: null, company_type: 'generic' }
  await other.run.resume()
  expect(other.run.job).toBeNull()
  const after = openApp()
  await after.run.resume()
  expect(after.run.status).toBe('done')
  expect(imports.finish).toHaveBeenCalledWith('import-1')
})

it('brings a half answered file back after a reload', async () => {
  const before = await openChecked()
  before.draft.use(2, 'ignore')
  await flushPromises()
  const { draft } = openApp()
  await draft.restore()
  expect(draft.facts?.name).toBe('people.csv')
  expect(draft.answers.uses).toEqual(['name', 'phone', 'ignore'])
  expect(draft.canOpen('check')).toBe(true)
})

it('opens no step that nothing leads to', async () => {
  const { draft } = openApp()
  expect((['file', 'columns', 'options', 'check'] as const).map(draft.canOpen)).toEqual([true, false, false, false])
  await draft.choose(people())
  expect((['columns', 'options', 'check'] as const).map(draft.canOpen), 'consent is asked for first').toEqual([true, true, false])
  draft.use(1, 'ignore')
  expect(draft.canOpen('options')).toBe(false)
})

it('says that a file was imported before', async () => {
  const { draft } = openApp()
  imports.list.mockImplementation(async () => ({ rows: [{ id: 'old', file_hash: draft.facts?.hash }], next_cursor: null }))
  await draft.choose(people())
  await expect.poll(() => draft.earlier?.id).toBe('old')
})

it('takes the same file again to go on, and no other', async () => {
  const { check, run, draft } = await openChecked()
  const hash = draft.facts?.hash
  imports.importChunk.mockRejectedValue(new AppError('forbidden', 'Stopped here.'))
  await check.start()
  await expect.poll(() => run.status).toBe('stopped')
  const { mapping } = imports.change.mock.lastCall?.[1] as { mapping: object }
  imports.importChunk.mockResolvedValue({ ...counts, contact_ids: [] })
  imports.get.mockResolvedValue({ chunks_done: [] })
  const elsewhere = openApp()
  const from = { id: 'import-1', account_id: 'account-1', file_name: 'people.csv', file_hash: hash, row_count: 3, mapping }
  expect(await elsewhere.run.takeFile(from as never, new File(['phone\n1'], 'other.csv'))).toBe(false)
  expect(await elsewhere.run.takeFile(from as never, people())).toBe(true)
  expect(elsewhere.run.status).toBe('done')
})

it('shows nothing of an import in the account a person switched to meanwhile', async () => {
  const { check, run, accounts, draft } = await openChecked()
  let arrive!: (value: object) => void
  imports.importChunk.mockReturnValue(new Promise((resolve) => (arrive = resolve)))
  await check.start()
  await expect.poll(() => imports.importChunk).toHaveBeenCalled()
  accounts.use('account-2')
  await flushPromises()
  expect([run.isShown, draft.facts]).toEqual([false, null])
  arrive({ ...counts, contact_ids: [] })
  await expect.poll(() => imports.finish, { message: 'it goes on unseen' }).toHaveBeenCalledWith('import-1')
})

it('refuses a file that is too large without reading it', async () => {
  const { draft } = openApp()
  const arrayBuffer = vi.fn()
  await draft.choose({ name: 'film.mp4', size: fileLimits.bytes + 1, arrayBuffer } as unknown as File)
  expect(draft.fault).toBe('too_large')
  expect(arrayBuffer).not.toHaveBeenCalled()
})
