// @vitest-environment happy-dom
import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createI18n } from 'vue-i18n'
import { expect, it } from 'vitest'
import EnrolmentExplanation from '../../../../../app/components/campaigns/EnrolmentExplanation.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import { depsKey } from '../../../../../app/composables/useDeps.ts'
import { en } from '../../support/mountApp.ts'

const gate = (gate: string, passes: boolean, facts = {}) => ({ gate, passes, facts, next_at: null })

async function explain(verdict: string, gates: object[]) {
  const deps = { campaigns: { explain: async () => ({ verdict, next_at: null, gates }) }, accounts: {} }
  const view = mount(EnrolmentExplanation, {
    props: { enrolment: { id: 'e1', time_zone: 'America/Los_Angeles' } as never },
    global: {
      components: { Alert, Button },
      plugins: [createPinia(), PiniaColada, createI18n({ legacy: false, locale: 'en', messages: { en } })],
      provide: { [depsKey as symbol]: deps },
    },
  })
  await flushPromises()
  return view.text()
}

it('names what holds a call back, with times and spans as people say them', async () => {
  const text = await explain('waits', [
    gate('enrolment', true, { status: 'waiting' }),
    gate('window', false, { local_time: '06:05', time_zone: 'America/Los_Angeles', closed_by: ['law'], laws: ['47 CFR 64.1200(c)(1)'] }),
    gate('minimum_gap', false, { gap_seconds: 600 }),
  ])
  expect(text).toContain('It is 6:05 AM in Los Angeles: the law does not allow it. The law there: 47 CFR 64.1200(c)(1).')
  expect(text).toContain('At least 10 min between two calls to a number.')
  expect(text).toContain('One more check passed')
})

it('says nothing about a next call where none is planned', async () => {
  const text = await explain('over', [gate('enrolment', false, { status: 'reached' }), gate('minimum_gap', false, { gap_seconds: 600 }), gate('time_zone', true)])
  expect(text).toContain('Nothing more is planned in this campaign.')
  expect(text).toContain('It was reached.')
  expect(text).not.toContain('between two calls')
  expect(text).not.toContain('more check')
})
