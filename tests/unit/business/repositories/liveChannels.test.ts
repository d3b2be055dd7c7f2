import type { RealtimeClient } from '@supabase/realtime-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLiveChannels, type LiveListener } from '../../../../business/repositories/liveChannels.ts'

/** The socket's side: remembers the channels that were opened and lets the test speak as the server would. */
function fakeRealtime() {
  const opened: FakeChannel[] = []
  const removed: FakeChannel[] = []
  const client = {
    channel(topic: string) {
      const channel = new FakeChannel(topic)
      opened.push(channel)
      return channel
    },
    removeChannel: (channel: FakeChannel) => Promise.resolve(void removed.push(channel)),
  }
  return { opened, removed, connect: () => Promise.resolve(client as unknown as RealtimeClient) }
}

class FakeChannel {
  readonly topic: string
  report: (status: string, error?: Error) => void = () => {}
  send: (message: { event: string, payload: unknown }) => void = () => {}

  constructor(topic: string) {
    this.topic = topic
  }

  on(_type: string, _filter: object, callback: FakeChannel['send']) {
    this.send = callback
    return this
  }

  subscribe(callback: FakeChannel['report']) {
    this.report = callback
    return this
  }
}

const listener = () => ({
  onEvent: vi.fn<LiveListener['onEvent']>(),
  onJoined: vi.fn<() => void>(),
  onLeft: vi.fn<() => void>(),
  onRefused: vi.fn<() => void>(),
})
const settled = () => vi.advanceTimersByTimeAsync(0)

describe('liveChannels', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('says when nothing can be heard any more, once, and when it can again', async () => {
    const { opened, connect } = fakeRealtime()
    const heard = listener()
    createLiveChannels(connect).listen('account:1', heard)
    await settled()
    opened[0]?.report('CHANNEL_ERROR', new Error('not yet'))
    expect(heard.onLeft).not.toHaveBeenCalled()
    opened[0]?.report('SUBSCRIBED')
    opened[0]?.report('CHANNEL_ERROR', new Error('socket lost'))
    opened[0]?.report('TIMED_OUT')
    expect(heard.onLeft).toHaveBeenCalledOnce()
    opened[0]?.report('SUBSCRIBED')
    expect(heard.onJoined).toHaveBeenCalledTimes(2)
  })

  it('shares one channel between the listeners of a topic and leaves it with the last', async () => {
    const { opened, removed, connect } = fakeRealtime()
    const { listen } = createLiveChannels(connect)
    const stops = [listen('account:1', listener()), listen('account:1', listener())]
    await settled()
    expect(opened).toHaveLength(1)
    stops[0]?.()
    await settled()
    expect(removed).toHaveLength(0)
    stops[1]?.()
    await settled()
    expect(removed).toEqual(opened)
  })

  it('tells of each joining, so that what was missed is read again', async () => {
    const { opened, connect } = fakeRealtime()
    const one = listener()
    createLiveChannels(connect).listen('account:1', one)
    await settled()
    opened[0]?.report('SUBSCRIBED')
    opened[0]?.report('CHANNEL_ERROR', new Error('channel error: transport failure'))
    opened[0]?.report('SUBSCRIBED')
    expect(one.onJoined).toHaveBeenCalledTimes(2)
    expect(one.onRefused).not.toHaveBeenCalled()
  })

  it('opens the channel anew after the server closed it', async () => {
    const { opened, connect } = fakeRealtime()
    const one = listener()
    createLiveChannels(connect).listen('account:1', one)
    await settled()
    opened[0]?.report('CLOSED')
    await vi.advanceTimersByTimeAsync(1000)
    expect(opened).toHaveLength(2)
    opened[1]?.send({ event: 'account_changed', payload: { balance_seconds: 1 } })
    expect(one.onEvent).toHaveBeenCalledWith('account_changed', { balance_seconds: 1 })
  })

  it('waits longer each time when it is closed again and again', async () => {
    const { opened, connect } = fakeRealtime()
    createLiveChannels(connect).listen('account:1', listener())
    await settled()
    for (const waitMs of [1000, 2000, 4000]) {
      opened.at(-1)?.report('CLOSED')
      const before = opened.length
      await vi.advanceTimersByTimeAsync(waitMs - 1)
      expect(opened).toHaveLength(before)
      await vi.advanceTimersByTimeAsync(1)
      expect(opened).toHaveLength(before + 1)
    }
  })

  it('gives up a refused topic instead of asking for ever', async () => {
    const { opened, removed, connect } = fakeRealtime()
    const one = listener()
    createLiveChannels(connect).listen('account:2', one)
    await settled()
    opened[0]?.report('CHANNEL_ERROR', new Error('Unauthorized', { cause: { reason: 'Unauthorized' } }))
    opened[0]?.report('CLOSED')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(one.onRefused).toHaveBeenCalledOnce()
    expect(removed).toEqual(opened)
    expect(opened).toHaveLength(1)
  })

  it.each(['InvalidJWTToken: Token has expired', 'RealtimeRestarting: Realtime is restarting, please standby', 'ClientJoinRateLimitReached: Too many joins per second'])(
    'waits for the client to ask again after "%s"', async (reason) => {
      const { opened, removed, connect } = fakeRealtime()
      const one = listener()
      createLiveChannels(connect).listen('account:1', one)
      await settled()
      opened[0]?.report('CHANNEL_ERROR', new Error(reason, { cause: { reason } }))
      opened[0]?.report('SUBSCRIBED')
      expect([one.onRefused.mock.calls.length, one.onJoined.mock.calls.length, removed.length]).toEqual([0, 1, 0])
    })

  it('opens nothing for a listener that left while the socket was loading', async () => {
    const { opened, connect } = fakeRealtime()
    createLiveChannels(connect).listen('account:1', listener())()
    await settled()
    expect(opened).toHaveLength(0)
  })
})
