// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import CallEnd from '../../../../../app/components/calls/CallEnd.vue'
import CallEndDialog from '../../../../../app/components/calls/CallEndDialog.vue'
import ConfirmDialog from '../../../../../app/components/shared/ConfirmDialog.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Tooltip from '../../../../../app/components/ui/Tooltip.vue'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import { mountApp } from '../../support/mountApp.ts'

const toast = vi.hoisted(() => ({ success: vi.fn(), info: vi.fn(), error: vi.fn() }))
vi.mock('~/composables/useToast', () => ({ useToast: () => toast, useToasts: () => ({}) }))

const talking = { id: 'c1', kind: 'campaign', state: 'in_progress', contact_name: 'Jo Field', phone: '+12025550101', end_asked: null }

async function show(call: object = {}, { permissions = ['calls.end'], end = vi.fn(async (): Promise<string> => 'hung_up') } = {}) {
  const view = mountApp(CallEnd, {
    props: { call: { ...talking, ...call } }, components: { Button, CallEndDialog, ConfirmDialog, Tooltip, NuxtLink: { template: '<a><slot /></a>' } },
    deps: { accounts: { list: async () => [{ account_id: 'a1', name: 'A', time_zone: 'UTC', role: 'owner', permissions }] } as never, liveCalls: { end } as never },
  })
  await useAccountStore().load()
  await flushPromises()
  const confirm = async () => {
    await view.get('button').trigger('click')
    await flushPromises()
    document.querySelector<HTMLFormElement>('[role=alertdialog] form')?.requestSubmit()
    await flushPromises()
  }
  return { view, end, confirm }
}

describe('CallEnd', () => {
  afterEach(() => {
    document.body.innerHTML = ''
    vi.clearAllMocks()
  })

  it('is offered for a conversation, to whoever may, and says what it does before it does it', async () => {
    const { view, end } = await show()
    await view.get('button').trigger('click')
    await flushPromises()
    expect(document.querySelector('[role=alertdialog]')?.textContent).toContain('End the call with Jo Field?')
    expect(end).not.toHaveBeenCalled()
  })

  it.each([
    [{ state: 'ringing' }, ['calls.end']], [{ state: 'reserved' }, ['calls.end']], [{ state: 'ended' }, ['calls.end']], [{}, ['calls.read']],
  ])('is not offered for %o to whoever may %o', async (call, permissions) => {
    expect((await show(call, { permissions })).view.find('button').exists()).toBe(false)
  })

  it('says who is ending it instead, and is offered again when nothing came of that', async () => {
    const asked = (secondsAgo: number) => ({ end_asked: { at: new Date(Date.now() - secondsAgo * 1000).toISOString(), by_name: 'Ada', is_told: true } })
    const { view } = await show(asked(2))
    expect([view.text(), view.find('button').exists()]).toEqual(['Ada is ending this call', false])
    expect((await show(asked(31))).view.find('button').exists()).toBe(true)
  })

  it.each([['hung_up', 'success', 'The carrier is ending the call'], ['over', 'info', 'had just ended'], ['asked', 'info', 'already'], ['not_yet', 'info', 'Nobody has picked up']] as const)(
    'tells what came of it: %s', async (answer, kind, words) => {
      const { confirm, end } = await show({}, { end: vi.fn(async () => answer) })
      await confirm()
      expect(end).toHaveBeenCalledWith('c1')
      expect(toast[kind]).toHaveBeenCalledWith(expect.stringContaining(words), expect.anything())
      expect(document.querySelector('[role=alertdialog]')).toBeNull()
    })

  it('keeps the question open with the reason when the provider did not do it', async () => {
    const { confirm } = await show({}, { end: vi.fn(async () => Promise.reject(new AppError('provider_refused', 'No.'))) })
    await confirm()
    expect(document.querySelector('[role=alertdialog] [role=alert]')).not.toBeNull()
    expect(toast.success).not.toHaveBeenCalled()
  })
})
