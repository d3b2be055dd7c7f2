import type { RealtimeChannel, RealtimeClient } from '@supabase/realtime-js'

export interface LiveListener {
  onEvent: (event: string, payload: unknown) => void
  /** Every time the channel is (again) open: what was sent meanwhile is lost, so the listener reads afresh. */
  onJoined?: () => void
  /** The channel is down: from here on nothing is heard until it is joined again. */
  onLeft?: () => void
  /** The person may not listen to this topic (any more). */
  onRefused?: () => void
}

export interface LiveChannels {
  /** Listens to a private topic until the returned function is called. Listeners of one topic share one channel. */
  listen: (topic: string, listener: LiveListener) => () => void
}

interface Topic {
  name: string
  listeners: Set<LiveListener>
  channel: RealtimeChannel | null
  isJoined: boolean
  retries: number
}

const longestWaitMs = 30_000

/**
 * Messages of the database (realtime.send) for whoever is on the page. The client reconnects a broken socket by itself;
 * here is what it leaves open: a closed channel (its token ended) is made anew, a refused one is given up, because the
 * client would ask again for ever.
 */
export function createLiveChannels(connect: () => Promise<RealtimeClient>): LiveChannels {
  const topics = new Map<string, Topic>()

  function listen(name: string, listener: LiveListener) {
    const topic = topics.get(name) ?? addTopic(name)
    topic.listeners.add(listener)
    if (topic.isJoined) listener.onJoined?.()
    return () => {
      topic.listeners.delete(listener)
      if (topic.listeners.size === 0) drop(topic)
    }
  }

  function addTopic(name: string): Topic {
    const topic: Topic = { name, listeners: new Set(), channel: null, isJoined: false, retries: 0 }
    topics.set(name, topic)
    void open(topic)
    return topic
  }

  async function open(topic: Topic) {
    const client = await connect().catch(() => null)
    if (!isWanted(topic)) return
    if (!client) return reopenLater(topic)
    const channel = client.channel(topic.name, { config: { private: true } })
    topic.channel = channel
    channel
      .on('broadcast', { event: '*' }, ({ event, payload }) => topic.listeners.forEach((l) => l.onEvent(event, payload)))
      .subscribe((status, error) => {
        if (topic.channel !== channel) return
        if (topic.isJoined) topic.listeners.forEach((listener) => listener.onLeft?.())
        topic.isJoined = status === 'SUBSCRIBED'
        if (topic.isJoined) onJoined(topic)
        if (status === 'CLOSED') reopenLater(topic)
        if (status === 'CHANNEL_ERROR' && isRefusal(error)) refuse(topic)
      })
  }

  function onJoined(topic: Topic) {
    topic.retries = 0
    topic.listeners.forEach((listener) => listener.onJoined?.())
  }

  function reopenLater(topic: Topic) {
    topic.channel = null
    const waitMs = Math.min(longestWaitMs, 1000 * 2 ** topic.retries++)
    setTimeout(() => isWanted(topic) && !topic.channel && void open(topic), waitMs)
  }

  function refuse(topic: Topic) {
    topic.listeners.forEach((listener) => listener.onRefused?.())
    drop(topic)
  }

  function drop(topic: Topic) {
    if (topics.get(topic.name) === topic) topics.delete(topic.name)
    const channel = topic.channel
    topic.channel = null
    topic.isJoined = false
    if (channel) void connect().then((client) => client.removeChannel(channel))
  }

  const isWanted = (topic: Topic) => topics.get(topic.name) === topic

  return { listen }
}

/**
 * A refused join carries the server's answer as its cause. Only a missing permission is final: a token that ended while the
 * computer slept is renewed, a service that is starting gets ready, and the client asks again by itself.
 */
function isRefusal(error: Error | undefined): boolean {
  const { reason } = (error?.cause ?? {}) as { reason?: unknown }
  return typeof reason === 'string' && reason.startsWith('Unauthorized')
}
