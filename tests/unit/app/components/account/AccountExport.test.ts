// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import AccountExport from '../../../../../app/components/account/AccountExport.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import Checkbox from '../../../../../app/components/ui/Checkbox.vue'
import Spinner from '../../../../../app/components/ui/Spinner.vue'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { anAccount } from '../../support/anAccount.ts'
import { mountApp } from '../../support/mountApp.ts'

const { success } = vi.hoisted(() => ({ success: vi.fn() }))
vi.mock('~/composables/useToast', () => ({ useToast: () => ({ success }), useToasts: () => ({}) }))

async function show(role: 'owner' | 'admin', exportPart: (account: string, part: string) => Promise<object>) {
  const account = anAccount({ role, permissions: ['account.read'] })
  const view = mountApp(AccountExport, {
    props: { account },
    components: { Button, Card, Checkbox, Spinner },
    deps: { accounts: { list: async () => [account], exportPart } as never, calls: {} as never },
  })
  await useAccountStore().load()
  await flushPromises()
  return view
}

describe('an account that is exported', () => {
  afterEach(() => {
    document.body.innerHTML = ''
    success.mockClear()
    delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker
  })

  it('is for owners, and says so to others', async () => {
    const view = await show('admin', vi.fn())
    expect(view.text()).toContain('Owners can export the account.')
    expect(view.find('button').exists()).toBe(false)
  })

  it('goes straight into the file that the person chose, and says how many rows it has', async () => {
    let bytes = 0
    const target = new WritableStream({ write: (chunk: Uint8Array) => void (bytes += chunk.length) })
    const picker = vi.fn(async () => ({ createWritable: async () => target }))
    Object.assign(window, { showSaveFilePicker: picker })
    const view = await show('owner', async (_account, part) => ({ rows: part === 'contacts' ? [{ id: 1 }, { id: 2 }] : [], next_cursor: null }))
    await view.get('form').trigger('submit')
    await expect.poll(() => success).toHaveBeenCalledWith(expect.stringMatching(/^account-.*\.zip is ready, with 2 rows$/))
    expect(picker).toHaveBeenCalledWith({ suggestedName: expect.stringMatching(/^account-\d{4}-\d\d-\d\d\.zip$/) })
    expect(bytes).toBeGreaterThan(300)
  })

  it('is stopped in the middle, and nothing is said of a file that is none', async () => {
    let release: (page: object) => void = () => {}
    const view = await show('owner', (_account, part) => (part === 'account' ? Promise.resolve({ rows: [{ id: 'a' }], next_cursor: null }) : new Promise((resolve) => (release = resolve))))
    await view.get('form').trigger('submit')
    await expect.poll(() => view.get('[role=status]').text()).toContain('1 row so far')
    await view.get('[role=status] button').trigger('click')
    release({ rows: [], next_cursor: null })
    await expect.poll(() => view.find('[role=status]').exists()).toBe(false)
    expect(success).not.toHaveBeenCalled()
  })

  it('does nothing when the person chooses no file', async () => {
    Object.assign(window, { showSaveFilePicker: async () => Promise.reject(new DOMException('', 'AbortError')) })
    const exportPart = vi.fn()
    const view = await show('owner', exportPart)
    await view.get('form').trigger('submit')
    await flushPromises()
    expect(exportPart).not.toHaveBeenCalled()
    expect(view.find('[role=status]').exists()).toBe(false)
  })
})
