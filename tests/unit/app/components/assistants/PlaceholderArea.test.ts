// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import PlaceholderArea from '../../../../../app/components/assistants/PlaceholderArea.vue'
import { mountApp } from '../../support/mountApp.ts'

function open(text = '') {
  const words = ref(text)
  const host = defineComponent(() => () => h(PlaceholderArea, {
    names: ['name', 'company', 'city'], modelValue: words.value, 'onUpdate:modelValue': (value?: string | null) => void (words.value = value ?? '') }))
  const view = mountApp(host)
  const area = view.get('textarea')
  return {
    words, area,
    options: () => view.findAll('[role="option"]').map((option) => option.text()),
    chosen: () => view.findAll('[role="option"][aria-selected="true"]').map((option) => option.text()),
    async type(value: string) {
      area.element.value = value
      area.element.setSelectionRange(value.length, value.length)
      await area.trigger('input')
    },
    async press(key: string) {
      const event = new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true })
      area.element.dispatchEvent(event)
      await flushPromises()
      return event
    },
  }
}

describe('a text with placeholders', () => {
  it('offers the names that fit behind a brace, and names the list and its choice to a screen reader', async () => {
    const { type, options, area, chosen } = open()
    await type('Hi {c')
    expect(options()).toEqual(['{company}', '{city}'])
    expect(chosen()).toEqual(['{company}'])
    expect(document.getElementById(area.attributes('aria-activedescendant') ?? '')?.textContent.trim()).toBe('{company}')
    expect(document.getElementById(area.attributes('aria-controls') ?? '')?.getAttribute('role')).toBe('listbox')
    await type('Hi {x')
    expect(options()).toEqual([])
    expect(area.attributes()).not.toHaveProperty('aria-activedescendant')
  })

  it.each(['Enter', 'Tab'])('takes the one that the arrows came to with %s, and goes on behind it', async (key) => {
    const { type, press, words, area, options } = open()
    await type('From {')
    await press('ArrowUp')
    expect((await press(key)).defaultPrevented).toBe(true)
    expect(words.value).toBe('From {city}')
    expect(area.element.selectionStart).toBe('From {city}'.length)
    expect(options()).toEqual([])
  })

  it('closes with Escape and leaves the keys to the text then', async () => {
    const { type, press, words, options } = open()
    await type('{na')
    expect((await press('Escape')).defaultPrevented).toBe(true)
    expect(options()).toEqual([])
    expect((await press('Enter')).defaultPrevented).toBe(false)
    expect(words.value).toBe('{na')
  })
})
