/** Faults in the delivery of server messages. */
import type { Message } from '../messages.ts'
import type { Fault } from './fault.ts'

const LATE_SECONDS = 60

export const webhooks: Fault[] = [
  {
    name: 'duplicate_webhooks', description: 'Sends every message of the call three times: twice at once, and later with another timestamp.',
    deliver: ({ send, pacer }) => (message) => {
      send(message)
      send(message)
      pacer.wait(2).then(() => send({ ...message, timestamp: Number(message.timestamp) + 2000 }), () => undefined)
    },
  },
  {
    name: 'reordered_webhooks', description: 'Sends the report first, then the other messages, last one first.',
    deliver: ({ send }) => {
      const held: Message[] = []
      return (message) => {
        if (!isReport(message)) return void held.push(message)
        send(message)
        held.reverse().forEach(send)
      }
    },
  },
  {
    name: 'late_webhooks', description: 'Every message comes a minute late.',
    deliver: ({ send, pacer }) => (message) => void pacer.wait(LATE_SECONDS).then(() => send(message), () => undefined),
  },
  {
    name: 'late_report', description: 'The report comes a minute late.',
    deliver: ({ send, pacer }) => (message) => isReport(message) ? void pacer.wait(LATE_SECONDS).then(() => send(message), () => undefined) : send(message),
  },
  { name: 'lost_report', description: 'The report never comes.', deliver: ({ send }) => (message) => isReport(message) ? undefined : send(message) },
  { name: 'lost_ended', description: 'The status "ended" never comes, the report does.', deliver: ({ send }) => (message) => message.status === 'ended' ? undefined : send(message) },
  { name: 'lost_webhooks', description: 'No message of the call ever comes.', deliver: () => () => undefined },
  {
    name: 'string_timestamps', description: 'Timestamps are ISO strings, as in older messages.',
    deliver: ({ send }) => (message) => send({ ...message, timestamp: new Date(Number(message.timestamp)).toISOString() }),
  },
  {
    name: 'ended_twice', description: 'The status "ended" comes a second time, with another reason.',
    deliver: ({ send }) => (message) => {
      send(message)
      if (message.status === 'ended') send({ ...message, endedReason: 'hangup' })
    },
  },
  {
    name: 'stalled', description: 'A message "hang" and a status "forwarding" come in mid-conversation; both mean that the call goes on.',
    deliver: ({ send }) => (message) => {
      send(message)
      if (message.status !== 'in-progress') return
      send({ ...message, type: 'hang', status: undefined })
      send({ ...message, status: 'forwarding' })
    },
  },
  {
    name: 'unknown_messages', description: 'A type and a status that nobody has heard of come before each message.',
    deliver: ({ send }) => (message) => {
      send({ ...message, type: 'status-update', status: 'levitating' })
      send({ ...message, type: 'something-new', status: undefined })
      send(message)
    },
  },
  {
    name: 'ringing_after_ended', description: 'A status "ringing" comes once more after the end.',
    deliver: ({ send }) => (message) => {
      send(message)
      if (message.status === 'ended') send({ ...message, status: 'ringing', endedReason: undefined })
    },
  },
]

export const isReport = (message: Message): boolean => message.type === 'end-of-call-report'
