// @vitest-environment happy-dom
import { PiniaColada } from '@pinia/colada'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createI18n } from 'vue-i18n'
import { defineComponent } from 'vue'
import { expect, it, vi } from 'vitest'
import { depsKey } from '../../../../app/composables/useDeps.ts'
import { useAccountStore } from '../../../../app/stores/accountStore.ts'
import { useLedgerExport } from '../../../../app/stores/ledgerExport.ts'
import { en } from '../support/mountApp.ts'

const period = { from_day: '2026-11-01', to_day: '2026-11-30' }
const entry = (account_version: number) => ({ account_version, kind: 'grant', delta_seconds: 60, balance_after: 60, price_micros: null, created_at: '2026-11-03T00:00:00Z' })

/** A ledger of three pages, each of which is asked for by the cursor of the one before. */
function openExport() {
  const listLedger = vi.fn(async (_account: string, _period: object, cursor: unknown, pageSize: number) => {
    const page = (cursor as number | null) ?? 0
    return { rows: [entry(page * 2 + 1), entry(page * 2 + 2)], next_cursor: page < 2 ? page + 1 : null, pageSize }
  })
  let exportLedger!: ReturnType<typeof useLedgerExport>
  const page = defineComponent(() => {
    useAccountStore().use('a1')
    exportLedger = useLedgerExport()
    return () => null
  })
  const plugins = [createPinia(), PiniaColada, createI18n({ legacy: false, locale: 'en', messages: { en } })]
  mount(page, { global: { plugins, provide: { [depsKey as symbol]: { accounts: {}, billing: { listLedger }, checkout: {} } } } })
  return { exportLedger, listLedger }
}

it('writes every page into one file, a thousand entries at a time', async () => {
  const { exportLedger, listLedger } = openExport()
  const seen: number[] = []
  const file = await exportLedger('csv', period, { signal: new AbortController().signal, onRows: (count) => seen.push(count) })
  expect(file?.name).toBe('ledger-2026-11-01-to-2026-11-30.csv')
  expect((file?.content as string).trim().split('\r\n')).toHaveLength(7)
  expect(seen).toEqual([2, 4, 6])
  expect(listLedger.mock.calls.map((call) => [call[2], call[3]])).toEqual([[null, 1000], [1, 1000], [2, 1000]])
})

it('asks for no further page and makes no file once it is stopped', async () => {
  const { exportLedger, listLedger } = openExport()
  const stop = new AbortController()
  const file = await exportLedger('csv', period, { signal: stop.signal, onRows: () => stop.abort() })
  expect(file).toBeNull()
  expect(listLedger).toHaveBeenCalledTimes(2)
})
