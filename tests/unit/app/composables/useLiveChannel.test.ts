// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { useLiveChannel } from '../../../../app/composables/useLiveChannel.ts'
import type { LiveListener } from '../../../../business/repositories/liveChannels.ts'
import { mountApp } from '../support/mountApp.ts'

/** A page that follows a topic, and the server's side of its channel. */
function followed(topic = ref<string | null>('account:1')) {
  const refresh = vi.fn<() => void>()
  const listeners: LiveListener[] = []
  const live = {
    listen(_topic: string, listener: LiveListener) {
      listeners.push(listener)
      return () => {}
    },
  }
  const Page = defineComponent({ setup() {
    useLiveChannel(topic, { refresh })
    return () => h('p')
  } })
  const page = mountApp(Page, { deps: { live } })
  return { refresh, page, channel: () => listeners.at(-1)! }
}

describe('useLiveChannel', () => {
  beforeEach(() => { vi.useFakeTimers() })
  afterEach(() => { vi.useRealTimers() })

  it('asks every five seconds as long as nothing can be heard, and once a minute after that', async () => {
    const { refresh, channel } = followed()
    vi.advanceTimersByTime(10_000)
    expect(refresh).toHaveBeenCalledTimes(2)
    channel().onJoined?.()
    await nextTick()
    expect(refresh).toHaveBeenCalledTimes(3)
    vi.advanceTimersByTime(59_000)
    expect(refresh).toHaveBeenCalledTimes(3)
    vi.advanceTimersByTime(1_000)
    expect(refresh).toHaveBeenCalledTimes(4)
    channel().onLeft?.()
    await nextTick()
    vi.advanceTimersByTime(5_000)
    expect(refresh).toHaveBeenCalledTimes(5)
  })

  it('asks for nothing where there is nothing to follow, nor after the page was left', () => {
    const idle = followed(ref(null))
    vi.advanceTimersByTime(120_000)
    expect(idle.refresh).not.toHaveBeenCalled()
    const left = followed()
    left.page.unmount()
    vi.advanceTimersByTime(120_000)
    expect(left.refresh).not.toHaveBeenCalled()
  })
})
