import { expect, test } from 'vitest'
import { order, receiver, simulator, whole, type Reply } from './support.ts'

const model = { provider: 'openai', model: 'gpt-4o', tools: [{ type: 'function', function: { name: 'opt_out_contact', parameters: { type: 'object', properties: { reason: { type: 'string' }, phone: { type: 'string' } } } } }] }
interface ToolCall { id: string, type: string, function: { name: string, arguments: string } }
const answering: Reply = ({ message }) => ({ body: message.type === 'tool-calls' ? { results: [{ toolCallId: (message.toolCallList as ToolCall[])[0]?.id, result: 'Removed.' }] } : {} })
const resultOf = (call: Record<string, unknown>) => (call.artifact as { messages: { role: string, result?: string }[] }).messages.find((message) => message.role === 'tool_call_result')?.result

test('the opt-out tool is called once, between the person\'s wish and the assistant\'s promise', async () => {
  const hook = await receiver(answering)
  const vapi = await simulator()
  const call = await whole(vapi, order('+12124567805', { url: hook.url, assistant: { model } }))
  const [message] = hook.of('tool-calls')
  expect(hook.of('tool-calls')).toHaveLength(1)
  expect((message?.message.toolCallList as ToolCall[])[0]).toMatchObject({ type: 'function', function: { name: 'opt_out_contact', arguments: '{"reason":"Please take me off your list, and do not call this number again.","phone":"+12124567805"}' } })
  expect(message?.headers['x-vapi-secret']).toBe('hook-secret')
  expect(message?.message.call).toMatchObject({ status: 'queued' })
  expect(resultOf(call)).toBe('Removed.')
})

test('a tool\'s own server comes before the assistant\'s', async () => {
  const [own, hook] = [await receiver(answering), await receiver()]
  const vapi = await simulator()
  await whole(vapi, order('+12124567805', { url: hook.url, assistant: { model: { ...model, tools: [{ ...model.tools[0], server: { url: own.url } }] } } }))
  expect([own.of('tool-calls').length, hook.of('tool-calls').length]).toEqual([1, 0])
})

test('an answer in another shape is noted as none', async () => {
  const hook = await receiver(() => ({ body: { ok: true } }))
  const vapi = await simulator()
  expect(resultOf(await whole(vapi, order('+12124567805', { url: hook.url, assistant: { model } })))).toBe('No result returned.')
})

test('nobody is asked without such a tool, without the type, or by another number', async () => {
  const hook = await receiver(answering)
  const vapi = await simulator()
  await whole(vapi, order('+12124567805', { url: hook.url }))
  await whole(vapi, order('+12124567805', { url: hook.url, assistant: { model, serverMessages: ['status-update'] } }))
  await whole(vapi, order('+12124567807', { url: hook.url, assistant: { model } }))
  expect(hook.of('tool-calls')).toEqual([])
})
