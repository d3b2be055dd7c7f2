// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import PrivacyForm from '../../../../../app/components/settings/PrivacyForm.vue'
import ConfirmDialog from '../../../../../app/components/shared/ConfirmDialog.vue'
import Form from '../../../../../app/components/shared/Form.vue'
import FormError from '../../../../../app/components/shared/FormError.vue'
import FormField from '../../../../../app/components/shared/FormField.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import Input from '../../../../../app/components/ui/Input.vue'
import RadioGroup from '../../../../../app/components/ui/RadioGroup.vue'
import Separator from '../../../../../app/components/ui/Separator.vue'
import Switch from '../../../../../app/components/ui/Switch.vue'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import type { Privacy, PrivacyContent } from '../../../../../business/models/privacy.ts'
import { en, mountApp } from '../../support/mountApp.ts'

const toast = vi.hoisted(() => ({ success: vi.fn(), info: vi.fn(), error: vi.fn() }))
vi.mock('~/composables/useToast', () => ({ useToast: () => toast, useToasts: () => ({}) }))

const kept: Privacy = {
  records_calls: true, recording_days: 365, transcript_days: 730, event_days: 30, is_hipaa: false, recording_bans: [], overdue_count: 0, failed_count: 0,
}

async function show({ privacy = kept, permissions = ['account.manage'], old = 0, save = vi.fn(async (_account: string, content: PrivacyContent) => content) } = {}) {
  const countOld = vi.fn(async () => ({ count: old }))
  const view = mountApp(PrivacyForm, {
    props: { privacy }, components: { Alert, Button, Card, ConfirmDialog, Form, FormError, FormField, Input, RadioGroup, Separator, Switch },
    deps: { accounts: { list: async () => [{ account_id: 'a1', name: 'A', time_zone: 'UTC', role: 'owner', permissions }] } as never, privacy: { save, countOld } as never },
  })
  await useAccountStore().load()
  await flushPromises()
  const submit = () => view.find('button[type=submit]')
  return {
    view, save, countOld, submit,
    days: () => view.find<HTMLInputElement>('input[name=recording_days]'),
    maySave: () => submit().attributes('disabled') === undefined,
    async write(days: string) {
      await view.get('input[name=recording_days]').setValue(days)
      await flushPromises()
    },
    async choose(label: string) {
      await view.findAll('[role=radio]').find((radio) => radio.element.closest('label, div')?.textContent?.includes(label))!.trigger('click')
      await flushPromises()
    },
    async press() {
      await view.get('form').trigger('submit')
      await flushPromises()
    },
    question: () => document.querySelector('[role=alertdialog]'),
    async confirm() {
      document.querySelector<HTMLFormElement>('[role=alertdialog] form')?.requestSubmit()
      await flushPromises()
    },
  }
}

describe('PrivacyForm', () => {
  afterEach(() => {
    document.body.innerHTML = ''
    vi.clearAllMocks()
  })

  it('offers to save what was changed, and nothing else', async () => {
    const { view, write, maySave, press, save } = await show()
    expect(maySave()).toBe(false)
    await write('400')
    expect(maySave()).toBe(true)
    await press()
    expect(save).toHaveBeenCalledExactlyOnceWith('a1', { records_calls: true, recording_days: 400, transcript_days: 730, event_days: 30 })
    expect(toast.success).toHaveBeenCalledExactlyOnceWith('Saved')
    expect(maySave()).toBe(false)
    await view.get('[role=switch]').trigger('click')
    expect([maySave(), view.text()]).toEqual([true, expect.stringContaining(en.privacy.records.off)])
  })

  it.each(['', '0', '3651', '1.5'])('marks the field with "%s" days, and asks nobody', async (days) => {
    const { view, write, press, save, countOld } = await show()
    await write(days)
    await press()
    expect(view.get('input[name=recording_days]').attributes('aria-invalid')).toBe('true')
    expect([save.mock.calls, countOld.mock.calls]).toEqual([[], []])
  })

  it('says how much a shorter time deletes before it is saved', async () => {
    const { write, press, save, countOld, question, confirm } = await show({ old: 1234 })
    await write('30')
    await press()
    expect(countOld).toHaveBeenCalledExactlyOnceWith('a1', 30, 'recordings')
    expect(question()?.textContent).toContain('Delete 1,234 recordings?')
    expect(question()?.textContent).toContain('older than what you chose')
    expect(save).not.toHaveBeenCalled()
    await confirm()
    expect(save).toHaveBeenCalledExactlyOnceWith('a1', { records_calls: true, recording_days: 30, transcript_days: 730, event_days: 30 })
    expect(question()).toBeNull()
  })

  it('asks nothing where a shorter time deletes nothing, nor for a longer one or none', async () => {
    const shorter = await show()
    await shorter.write('30')
    await shorter.press()
    expect([shorter.question(), shorter.save.mock.calls.length]).toEqual([null, 1])
    const endless = await show({ old: 5 })
    await endless.choose(en.privacy.keeps.always)
    expect(endless.days().exists()).toBe(false)
    await endless.press()
    expect(endless.countOld).not.toHaveBeenCalled()
    expect(endless.save).toHaveBeenCalledExactlyOnceWith('a1', { records_calls: true, recording_days: null, transcript_days: 730, event_days: 30 })
  })

  it('keeps what was written when the server refuses, and says why', async () => {
    const refused = new AppError('invalid_input', 'refused', [{ field: 'recording_days', code: 'range', message: 'A number between 1 and 400.' }])
    const save = vi.fn<() => Promise<PrivacyContent>>().mockRejectedValueOnce(new AppError('forbidden', 'Your role does not allow this.'))
      .mockRejectedValueOnce(refused).mockResolvedValueOnce({ ...kept, recording_days: 500 })
    const { view, days, write, press, maySave } = await show({ save: save as never })
    await write('500')
    await press()
    expect(view.get('[role=alert]').text()).toContain(en.errors.forbidden.title)
    expect([days().element.value, maySave()]).toEqual(['500', true])
    await press()
    expect([days().element.value, days().attributes('aria-invalid')]).toEqual(['500', 'true'])
    await press()
    expect([toast.success.mock.calls.length, view.find('[role=alert]').exists()]).toEqual([1, false])
  })

  it('takes over what somebody else saved while nobody types here, and never what is being typed', async () => {
    const { view, days, write } = await show()
    await view.setProps({ privacy: { ...kept, recording_days: 90 } })
    await flushPromises()
    expect(days().element.value).toBe('90')
    await write('80')
    await view.setProps({ privacy: { ...kept, recording_days: 70 } })
    await flushPromises()
    expect(days().element.value).toBe('80')
  })

  it('shows everything to whoever may only look, and lets them change nothing', async () => {
    const { view, days, submit } = await show({ permissions: ['account.read'] })
    expect([days().element.value, days().element.disabled, submit().exists()]).toEqual(['365', true, false])
    expect(view.get('[role=switch]').attributes('disabled')).toBeDefined()
    expect(view.findAll('[role=radio]').every((radio) => radio.attributes('disabled') !== undefined)).toBe(true)
    expect(view.text()).toContain(en.privacy.read_only)
  })
})
