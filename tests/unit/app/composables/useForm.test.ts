// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { z } from 'zod'
import Form from '../../../../app/components/shared/Form.vue'
import FormError from '../../../../app/components/shared/FormError.vue'
import FormField from '../../../../app/components/shared/FormField.vue'
import Input from '../../../../app/components/ui/Input.vue'
import { useForm } from '../../../../app/composables/useForm.ts'
import { AppError } from '../../../../business/models/appError.ts'
import { mountApp } from '../support/mountApp.ts'

const schema = z.object({ name: z.string().trim().min(1), email: z.email() })
type Submit = (values: z.output<typeof schema>) => unknown

interface Slot {
  control: Record<string, unknown>
}

function mountForm(submit: Submit = () => undefined) {
  const host = defineComponent(() => {
    const form = useForm({ schema, values: { name: '', email: '' }, submit })
    const field = (name: string) =>
      h(FormField, { form, name, label: name }, { default: ({ control }: Slot) => h(Input, control) })
    return () => h(Form, { form }, { default: () => [field('name'), field('email'), h(FormError, { form })] })
  })
  const view = mountApp(host)
  return {
    view,
    input: (name: string) => view.get(`input[name="${name}"]`),
    errors: () => view.findAll('p[role="alert"]').map((error) => error.text()),
    async submit() {
      await view.get('form').trigger('submit')
      await flushPromises()
    },
  }
}

describe('useForm', () => {
  it('stays quiet while a field is being filled in', async () => {
    const { input, errors } = mountForm()
    await input('email').setValue('a')
    expect(errors()).toEqual([])
  })

  it('complains after the field was left, and forgives at the stroke that makes it right', async () => {
    const { input, errors } = mountForm()
    await input('email').setValue('ada')
    await input('email').trigger('blur')
    expect(errors()).toEqual(['Write an e-mail address such as name@company.com.'])
    await input('email').setValue('ada@example.com')
    expect(errors()).toEqual([])
  })

  it('complains about an empty field that was left', async () => {
    const { input, errors } = mountForm()
    await input('name').trigger('blur')
    expect(errors()).toEqual(['This is needed.'])
  })

  it('keeps still while the pointer is down, so that the button under it gets its click', async () => {
    const { input, errors } = mountForm()
    window.dispatchEvent(new Event('pointerdown'))
    await input('name').trigger('blur')
    expect(errors()).toEqual([])
    window.dispatchEvent(new Event('pointerup'))
    await new Promise((resolve) => setTimeout(resolve))
    await flushPromises()
    expect(errors()).toEqual(['This is needed.'])
  })

  it('does not send what is wrong, shows every error and goes to the first', async () => {
    let sent = 0
    const { submit, errors, input } = mountForm(() => (sent += 1))
    await submit()
    expect(sent).toBe(0)
    expect(errors()).toHaveLength(2)
    expect(document.activeElement).toBe(input('name').element)
  })

  it('sends what the schema makes of the input', async () => {
    const sent: unknown[] = []
    const { submit, input } = mountForm((values) => sent.push(values))
    await input('name').setValue(' Ada ')
    await input('email').setValue('ada@example.com')
    await submit()
    expect(sent).toEqual([{ name: 'Ada', email: 'ada@example.com' }])
  })

  it('shows a refusal of the server at its field until that field changes, and loses no input', async () => {
    const refusal = new AppError('invalid_input', 'refused', [{ field: 'email', code: 'taken', message: 'Somebody has this one.' }])
    const { submit, input, errors } = mountForm(() => Promise.reject(refusal))
    await input('name').setValue('Ada')
    await input('email').setValue('ada@example.com')
    await submit()
    expect(errors()).toEqual(['Somebody has this one.'])
    expect((input('name').element as HTMLInputElement).value).toBe('Ada')
    expect(document.activeElement).toBe(input('email').element)
    await input('email').setValue('ada2@example.com')
    expect(errors()).toEqual([])
  })

  it('shows a failure that belongs to no field below the form', async () => {
    const { submit, input, view } = mountForm(() => Promise.reject(new AppError('unavailable', 'fetch failed')))
    await input('name').setValue('Ada')
    await input('email').setValue('ada@example.com')
    await submit()
    expect(view.get('div[role="alert"]').text()).toContain('No answer from the server')
  })

  it('sends once when Enter is hit twice', async () => {
    let sent = 0
    const { view, input } = mountForm(async () => {
      sent += 1
      await new Promise((resolve) => setTimeout(resolve, 5))
    })
    await input('name').setValue('Ada')
    await input('email').setValue('ada@example.com')
    await Promise.all([view.get('form').trigger('submit'), view.get('form').trigger('submit')])
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(sent).toBe(1)
  })
})
