// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import Field from '../../../../app/components/ui/Field.vue'
import Input from '../../../../app/components/ui/Input.vue'
import { mountApp } from '../support/mountApp.ts'

interface Slot {
  control: Record<string, unknown>
}

function field(props: Record<string, unknown>) {
  const host = defineComponent(() => () => h(Field, props as never, { default: ({ control }: Slot) => h(Input, control) }))
  return mountApp(host)
}

describe('Field', () => {
  it('ties the label to the control', () => {
    const view = field({ label: 'E-mail' })
    expect(view.get('label').attributes('for')).toBe(view.get('input').attributes('id'))
    expect(view.get('input').attributes('aria-invalid')).toBeUndefined()
  })

  it('reads out the error before the description', () => {
    const view = field({ label: 'E-mail', description: 'Where we write to', error: 'This is needed.' })
    const ids = view.get('input').attributes('aria-describedby')?.split(' ') ?? []
    expect(ids.map((id) => view.get(`[id="${id}"]`).text())).toEqual(['This is needed.', 'Where we write to'])
    expect(view.get('input').attributes('aria-invalid')).toBe('true')
  })

  it('announces an error that appears later', () => {
    expect(field({ label: 'E-mail', error: 'This is needed.' }).find('[role="alert"]').text()).toBe('This is needed.')
  })
})
