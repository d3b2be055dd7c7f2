// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import BellButton from '../../../../../app/components/notices/BellButton.vue'
import NotificationItem from '../../../../../app/components/notices/NotificationItem.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import { lookOf } from '../../../../../app/components/notices/noticeLooks.ts'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { noticeKinds, type Notification } from '../../../../../business/models/notice.ts'
import { mountApp } from '../../support/mountApp.ts'

const NuxtLink = { props: ['to'], template: '<a :href="to" @click.prevent><slot /></a>' }
const Tooltip = { template: '<slot />' }
const news: Notification = {
  id: 'n1', kind: 'completed', campaign_id: 'c1', campaign_name: 'Spring', import_id: null, file_name: null, details: { reached: 1200, not_reached: 300 },
  created_at: '2026-11-03T00:00:00Z', is_read: false, is_over: false,
}

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-03T02:00:00Z'), toFake: ['Date', 'setInterval'] }))
afterEach(() => vi.useRealTimers())

describe('the bell', () => {
  const labelOf = (count: number) => mountApp(BellButton, { props: { count }, components: { Button } }).get('button')

  it.each([[0, 'Notifications, nothing unread', ''], [3, 'Notifications, 3 unread', '3'], [100, 'Notifications, 99+ unread', '99+']])('says of %i how many are unread', (count, label, shown) => {
    expect(labelOf(count).attributes('aria-label')).toBe(label)
    expect(labelOf(count).text()).toBe(shown)
  })

  it('has a picture for everything that is told', () => {
    expect(noticeKinds.filter((kind) => !lookOf(kind)?.icon)).toEqual([])
    expect(lookOf('import_failed')).not.toEqual(lookOf('import_completed'))
  })
})

describe('a notification', () => {
  const read = vi.fn(async (_account: string, _ids: string[] | null, _newest: string | null) => ({}))
  const show = (more: Partial<Notification>) => mountApp(NotificationItem, {
    props: { notification: { ...news, ...more } }, components: { NuxtLink, Tooltip }, deps: { notices: { read } as never, accounts: {} as never },
  })
  beforeEach(() => read.mockClear())

  it('says what happened, when, and leads to where something can be done', () => {
    const item = show({})
    expect(item.text()).toContain('1,200 of 1,500 people were reached')
    expect(item.get('time').text()).toBe('2 hr. ago')
    expect(item.get('a').attributes('href')).toBe('/campaigns/c1')
  })

  it('leads to the file, and to nothing where the person can do nothing', () => {
    const file = show({ kind: 'import_completed', campaign_id: null, campaign_name: null, import_id: 'i1', file_name: 'people.csv', details: { created: 2, updated: 1, refused: 0 } })
    expect(file.get('a').attributes('href')).toBe('/contacts/imports/i1')
    expect(file.text()).toContain('2 added, 1 updated, 0 refused')
    expect(show({ kind: 'low_balance', campaign_id: null, campaign_name: null }).find('a').exists()).toBe(false)
  })

  it('is marked as read by its button or on the way to its place, and offers that once only', async () => {
    const item = show({})
    useAccountStore().use('a1')
    await item.get('button').trigger('click')
    await item.get('a').trigger('click')
    await flushPromises()
    expect(read.mock.calls).toEqual([['a1', ['n1'], null], ['a1', ['n1'], null]])
    const old = show({ is_read: true })
    await old.get('a').trigger('click')
    expect(old.find('button').exists()).toBe(false)
    expect(read).toHaveBeenCalledTimes(2)
  })
})
