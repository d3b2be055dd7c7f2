// @vitest-environment happy-dom
import { PiniaColada, useQuery } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, it } from 'vitest'
import { defineComponent } from 'vue'
import { useReread } from '../../../../app/composables/useReread.ts'

it('reads again what is shown, and does not fail with what cannot be read', async () => {
  let reads = 0
  let reread!: ReturnType<typeof useReread>
  const page = defineComponent(() => {
    useQuery({ key: ['orders', 'list'], query: () => Promise.resolve(++reads) })
    const { error } = useQuery({ key: ['orders', 'gone'], query: () => Promise.reject(new Error('It is gone.')) })
    reread = useReread()
    return () => error.value?.message
  })
  const view = mount(page, { global: { plugins: [createPinia(), PiniaColada] } })
  await flushPromises()
  await expect(reread('orders', ['nothing', 'here'])).resolves.toBeUndefined()
  expect([reads, view.text()]).toEqual([2, 'It is gone.'])
})
