// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import StatusBadge from '../../../../app/components/ui/StatusBadge.vue'
import { tones } from '../../../../app/components/ui/tones.ts'
import { mountApp } from '../support/mountApp.ts'

const badge = (props: object) => mountApp(StatusBadge, { props: { label: 'Waiting', ...props } })

describe('StatusBadge', () => {
  it.each(tones)('says %s with a word and an icon, not with colour alone', (tone) => {
    const view = badge({ tone })
    expect(view.text()).toBe('Waiting')
    expect(view.find('svg').exists()).toBe(true)
  })

  it('gives each tone its own icon', () => {
    const icons = tones.map((tone) => badge({ tone }).get('svg').html())
    expect(new Set(icons).size).toBe(tones.length)
  })

  it('can be reached by the keyboard when it explains itself', () => {
    expect(badge({ tone: 'waiting', hint: 'The window opens at 9:00' }).get('[tabindex="0"]').text()).toBe('Waiting')
    expect(badge({ tone: 'waiting' }).find('[tabindex]').exists()).toBe(false)
  })
})
