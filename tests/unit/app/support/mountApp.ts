import { PiniaColada } from '@pinia/colada'
import { mount } from '@vue/test-utils'
import { globSync, readFileSync } from 'node:fs'
import { createPinia } from 'pinia'
import type { Component } from 'vue'
import { createI18n } from 'vue-i18n'
import { depsKey, type Deps } from '../../../../app/composables/useDeps.ts'

export const en = Object.fromEntries(
  globSync('app/locales/en/*.json').map((file) => [file.replace(/^.*\/|\.json$/g, ''), JSON.parse(readFileSync(file, 'utf8'))]),
)

interface Options {
  props?: Record<string, unknown>
  slots?: Record<string, unknown>
  deps?: Partial<Deps>
  /** What Nuxt would register by name. */
  components?: Record<string, Component>
}

/** Mounts a component as the app would: with the real texts, a store and the deps it is given. */
export function mountApp(component: Component, { props = {}, slots = {}, deps = {}, components = {} }: Options = {}) {
  return mount(component, {
    props,
    slots: slots as never,
    attachTo: document.body,
    global: {
      components,
      plugins: [createPinia(), PiniaColada, createI18n({ legacy: false, locale: 'en', messages: { en } })],
      provide: { [depsKey as symbol]: deps },
    },
  })
}
