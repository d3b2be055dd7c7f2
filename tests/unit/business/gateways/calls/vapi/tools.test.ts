import { describe, expect, it } from 'vitest'
import { parseWebhook } from '../../../../../../business/gateways/calls/vapi/parseWebhook.ts'
import { callId, staleCall } from './samples.ts'

const parse = (message: Record<string, unknown>) => parseWebhook({ message: { type: 'tool-calls', call: staleCall, timestamp: 1, ...message } })
const tools = (message: Record<string, unknown>) => {
  const parsed = parse(message)
  return parsed.kind === 'line' ? null : parsed.event.tools
}
const openAi = (args: unknown, id: unknown = 't1') => ({ id, type: 'function', function: { name: 'opt_out', arguments: args } })

describe('tool calls', () => {
  it('are read in both forms that VAPI sends', () => {
    const use = { id: 't1', name: 'opt_out', arguments: { words: 'stop' } }
    expect(tools({ toolCallList: [{ id: 't1', name: 'opt_out', parameters: { words: 'stop' } }] })).toEqual([use])
    expect(tools({ toolCallList: [openAi('{"words":"stop"}')] })).toEqual([use])
    expect(tools({ toolCalls: [openAi({ words: 'stop' })] })).toEqual([use])
  })

  it.each([['no JSON', '{'], ['a list', '[1]'], ['null', 'null'], ['a number', 7], ['nothing', undefined]])('have no arguments when these are %s', (_what, args) => {
    expect(tools({ toolCallList: [openAi(args)] })).toEqual([{ id: 't1', name: 'opt_out', arguments: {} }])
  })

  it.each([[undefined], ['x'], [{}], [[]], [[7, null, 'x']], [[openAi('{}', '')]], [[openAi('{}', 7)]]])('that name no use (%j) are an event that changes nothing', (toolCallList) => {
    expect(parse({ toolCallList })).toMatchObject({ kind: 'event', event: { state: null, tools: null, is_report: false } })
  })

  it('are the same when their ids are, whenever they come', () => {
    const key = (id: string, timestamp: number) => {
      const parsed = parse({ toolCallList: [openAi('{}', id)], timestamp })
      return parsed.kind === 'tools' ? parsed.event.dedupe_key : null
    }
    expect(key('t1', 1)).toBe(key('t1', 2))
    expect(key('t1', 1)).not.toBe(key('t2', 1))
    expect(key('t1', 1)).toMatch(new RegExp(`^${callId}:tool-calls:[0-9a-f]{16}$`))
  })

  it('are at most twenty of a message, with short names', () => {
    const many = tools({ toolCallList: Array.from({ length: 50 }, (_, n) => ({ id: `t${n}`, name: 'x'.repeat(500) })) })
    expect(many).toHaveLength(20)
    expect(many?.[0]?.name).toHaveLength(64)
  })
})
