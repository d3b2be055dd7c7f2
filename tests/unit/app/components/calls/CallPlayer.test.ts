// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import CallPlayer from '../../../../../app/components/calls/CallPlayer.vue'
import CallRecordingNote from '../../../../../app/components/calls/CallRecordingNote.vue'
import CallTurnsStrip from '../../../../../app/components/calls/CallTurnsStrip.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import Select from '../../../../../app/components/ui/Select.vue'
import { mountApp } from '../../support/mountApp.ts'

const stored = { recording_state: 'stored', recording_path: 'a/c.wav', talk_seconds: 73, settled_at: '2026-05-01T10:00:00Z', recording_fate: { kept_until: null, deleted_at: null, deleted_after_days: null } }

const LazyCallWaveform = { name: 'CallWaveform', props: ['heard'], emits: ['drawn', 'sought'], template: '<i :data-heard="heard" />' }
const components = { Button, CallRecordingNote, CallTurnsStrip, Card, LazyCallWaveform, Select, NuxtLink: { template: '<a><slot /></a>' } }

function player(call: object) {
  const signRecording = vi.fn(async (path: string) => `https://storage.test/${path}?n=${signRecording.mock.calls.length}`)
  const view = mountApp(CallPlayer, { props: { call: { ...stored, ...call } }, deps: { calls: { signRecording } as never }, components })
  const press = async (name: string) => {
    await view.get(`button[aria-label="${name}"]`).trigger('click')
    await flushPromises()
  }
  return { view, signRecording, press, source: () => view.get('audio').attributes('src') }
}

describe('CallPlayer', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
    localStorage.clear()
    document.body.innerHTML = ''
  })

  it('asks for an address only when somebody presses play', async () => {
    const { signRecording, press, source } = player({})
    expect(signRecording).not.toHaveBeenCalled()
    await press('Play')
    expect(source()).toBe('https://storage.test/a/c.wav?n=1')
  })

  it('plays on with the same address while it lives, and with a new one afterwards', async () => {
    const { signRecording, press, source } = player({})
    await press('Play')
    await press('Play')
    expect(signRecording).toHaveBeenCalledTimes(1)
    vi.setSystemTime(Date.now() + 5 * 60_000)
    await press('Play')
    expect(source()).toBe('https://storage.test/a/c.wav?n=2')
  })

  it('asks anew after the audio broke off', async () => {
    const { view, signRecording, press } = player({})
    await press('Play')
    await view.get('audio').trigger('play')
    await view.get('audio').trigger('error')
    await press('Play')
    expect(signRecording).toHaveBeenCalledTimes(2)
  })

  it('has a slider that says where it is in minutes and seconds', async () => {
    const slider = player({}).view.get('input[type="range"]')
    await slider.setValue('65')
    expect(slider.attributes('aria-valuetext')).toBe('1:05 of 1:13')
  })

  it('offers to hear one voice alone only where the voices are apart', () => {
    const choice = (call: object) => player(call).view.find('[aria-label="Voices"]').exists()
    expect(choice({ recording_channels: 2 })).toBe(true)
    expect(choice({ recording_channels: 1 })).toBe(false)
    expect(choice({ recording_channels: null })).toBe(false)
  })

  it('hears whom the person wanted the last time, and both of a mixed recording', () => {
    localStorage.setItem('outdial-heard-voices', 'contact')
    const heard = (recording_channels: number) => player({ recording_channels }).view.get('[data-heard]').attributes('data-heard')
    expect([heard(2), heard(1)]).toEqual(['contact', 'both'])
    localStorage.setItem('outdial-heard-voices', 'nobody')
    expect(heard(2), 'what another version kept').toBe('both')
  })

  it('believes the file more than what was asked for', async () => {
    const { view } = player({ recording_channels: 2 })
    view.findComponent({ name: 'CallWaveform' }).vm.$emit('drawn', { channel_count: 1, assistant_on: 1 })
    await flushPromises()
    expect(view.find('[aria-label="Voices"]').exists()).toBe(false)
  })

  it.each([
    [{ recording_state: 'pending' }, 'being fetched'],
    [{ recording_state: 'failed' }, 'could not be fetched'],
    [{ recording_state: 'none', settled_at: null }, 'when the call is over'],
    [{ recording_state: 'none' }, 'no recording'],
  ])('says why there is nothing to play: %o', (call, words) => {
    const { view } = player({ ...call, recording_path: null })
    expect(view.text()).toContain(words)
    expect(view.find('audio').exists()).toBe(false)
  })
})
