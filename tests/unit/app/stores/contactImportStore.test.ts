// @vitest-environment happy-dom
import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { defineComponent } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { depsKey } from '../../../../app/composables/useDeps.ts'
import { useAccountStore } from '../../../../app/stores/accountStore.ts'
import { useContactImportStore } from '../../../../app/stores/contactImportStore.ts'
import { AppError } from '../../../../business/models/appError.ts'
import { emptyConsent } from '../../../../business/models/consentForm.ts'
import { importLimits } from '../../../../business/models/import.ts'
import { checkRows } from '../../../../business/services/contacts/checkRows.ts'
import { mapColumns } from '../../../../business/services/contacts/mapColumns.ts'
import { parseContactFile } from '../../../../business/services/contacts/parseContactFile.ts'

/** There are no workers here; what the worker calls is called at once. */
vi.mock('../../../../app/stores/contactFileReader', () => ({
  createContactFileReader: () => {
    let parsed: ReturnType<typeof parseContactFile>
    return {
      read: async (bytes: ArrayBuffer) => {
        parsed = parseContactFile(new Uint8Array(bytes))
        return { parsed, uses: 'file' in parsed ? mapColumns(parsed.file) : [] }
      },
      check: async (options: Parameters<typeof checkRows>[1]) => checkRows('file' in parsed ? parsed.file.rows : [], options),
      close: () => {},
    }
  },
}))

const people = new File(['name,phone\nAda,+12124567801\nBob,12\n'], 'people.csv')
const answer = { created: 1, updated: 0, unchanged: 0, skipped: 0, do_not_call: 0, no_time_zone: 0, refused: [], contact_ids: ['c1'] }
const imports = { create: vi.fn(), importChunk: vi.fn(), finish: vi.fn() }

beforeEach(() => {
  vi.resetAllMocks()
  imports.create.mockResolvedValue({ import_id: 'import-1', same_file: null })
})

async function openStore() {
  let store!: ReturnType<typeof useContactImportStore>
  let accounts!: ReturnType<typeof useAccountStore>
  const page = defineComponent(() => {
    accounts = useAccountStore()
    accounts.use('account-1')
    store = useContactImportStore()
    return () => null
  })
  const deps = { imports, accounts: {} }
  mount(page, { global: { plugins: [createPinia(), PiniaColada], provide: { [depsKey as symbol]: deps } } })
  return { store, accounts }
}

async function openChecked() {
  const opened = await openStore()
  await opened.store.choose(people)
  await vi.waitFor(() => expect(opened.store.checked).not.toBeNull())
  return opened
}

it('sends the good rows and keeps the bad ones to show', async () => {
  imports.importChunk.mockResolvedValue(answer)
  const { store } = await openChecked()
  await store.send(null)
  expect(store.step).toBe('done')
  expect(store.sent.totals.created).toBe(1)
  expect(store.refused).toMatchObject([{ row: 3, code: 'invalid_number' }])
})

it('goes on with the same import after a failure', async () => {
  imports.importChunk.mockRejectedValueOnce(new AppError('unavailable', 'No network.')).mockResolvedValue(answer)
  const { store } = await openChecked()
  await store.send(null)
  expect(store.failure).toBeInstanceOf(AppError)
  await store.goOn()
  expect(store.step).toBe('done')
  expect(imports.create).toHaveBeenCalledTimes(1)
  expect(imports.importChunk.mock.calls.map(([id, chunk]) => [id, chunk])).toEqual([['import-1', 0], ['import-1', 0]])
})

it('opens the import with what the people agreed to, and asks again in another account', async () => {
  imports.importChunk.mockResolvedValue(answer)
  const { store, accounts } = await openChecked()
  const consent = { basis: 'express', purposes: ['service'], channel: 'paper' } as const
  store.consentInput = emptyConsent('express', '2026-11-21')
  await store.send({ ...consent, purposes: [...consent.purposes] })
  expect(imports.create).toHaveBeenCalledWith('account-1', { file_name: 'people.csv', default_time_zone: null, consent, row_count: 1 })
  accounts.use('account-2')
  await flushPromises()
  expect(store.consentInput).toBeNull()
})

it('shows nothing of an import in the account a person switched to meanwhile', async () => {
  let arrive!: (value: typeof answer) => void
  imports.importChunk.mockReturnValue(new Promise((resolve) => (arrive = resolve)))
  const { store, accounts } = await openChecked()
  const sending = store.send(null)
  await flushPromises()
  accounts.use('account-2')
  await flushPromises()
  arrive(answer)
  await sending
  expect(store.step).toBe('choose')
  expect(store.sent.totals.contact_ids).toEqual([])
  expect(imports.finish).toHaveBeenCalledWith('import-1')
})

it('refuses a file that is too large without reading it', async () => {
  const { store } = await openStore()
  const arrayBuffer = vi.fn()
  await store.choose({ name: 'film.mp4', size: importLimits.bytes + 1, arrayBuffer } as unknown as File)
  expect(store.fault).toBe('too_large')
  expect(arrayBuffer).not.toHaveBeenCalled()
})
