// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { defineComponent, h, ref } from 'vue'
import { createI18n } from 'vue-i18n'
import { beforeEach, afterEach, expect, it, vi } from 'vitest'
import SearchInput from '../../../../app/components/ui/SearchInput.vue'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** As the pages use it: what was typed goes into the address, without spaces at its ends and a moment later. */
function openSearch() {
  const address = ref('')
  const page = defineComponent(() => () => h(SearchInput, {
    label: 'Search', modelValue: address.value, 'onUpdate:modelValue': (value: string) => void setTimeout(() => (address.value = value.trim()), 50) }))
  const input = mount(page, { global: { plugins: [createI18n({ legacy: false, locale: 'en', messages: { en: {} }, missingWarn: false, fallbackWarn: false })] } }).get('input')
  return { address, input, wait: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

it('keeps the space between two words when somebody pauses after it', async () => {
  const { address, input, wait } = openSearch()
  await input.setValue('Grace ')
  await wait(1000)
  expect(address.value).toBe('Grace')
  expect(input.element.value).toBe('Grace ')
})

it('keeps what is typed while the search before it is on its way', async () => {
  const { input, wait } = openSearch()
  await input.setValue('Gr')
  await wait(260)
  await input.setValue('Gra')
  await wait(60)
  expect(input.element.value).toBe('Gra')
})

it('shows what the address says when somebody goes back', async () => {
  const { address, input, wait } = openSearch()
  await input.setValue('Grace')
  await wait(1000)
  address.value = ''
  await wait(0)
  expect(input.element.value).toBe('')
})
