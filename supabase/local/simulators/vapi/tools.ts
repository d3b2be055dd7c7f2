/** The assistant's opt-out tool: when a person asks not to be called, the provider asks our server to act and speaks its answer's result. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { SimulatedCall } from './call.ts'
import type { Turn } from './conversation.ts'
import { addressed } from './messages.ts'
import { wants, type Postman } from './postman.ts'
import { assistantOf } from './request.ts'

const OPT_OUT = /opt.?out|do.?not.?call|unsubscribe|remove/i
const answer = z.looseObject({ results: z.array(z.looseObject({ toolCallId: z.string(), result: z.unknown().optional(), error: z.unknown().optional() })) })

export async function useOptOutTool(call: SimulatedCall, turn: Turn, postman: Postman, now: Date): Promise<void> {
  const assistant = assistantOf(call.request)
  const tool = assistant.model?.tools?.find((one) => OPT_OUT.test(one.function?.name ?? ''))
  const server = tool?.server ?? assistant.server
  const name = tool?.function?.name
  if (!tool || !server || name === undefined) return
  const use = { id: `call_${randomUUID().replaceAll('-', '').slice(0, 24)}`, name, arguments: { reason: 'The person asked not to be called again.' }, result: null as string | null, secondsFromStart: turn.startsAt }
  call.toolUses.push(use)
  const toolCall = { id: use.id, type: 'function', function: { name, arguments: JSON.stringify(use.arguments) } }
  const message = { type: 'tool-calls', toolCallList: [toolCall], toolCalls: [toolCall], toolWithToolCallList: [{ ...tool, toolCall }] }
  if (!tool.server && !wants(assistant.serverMessages, message)) return
  use.result = resultOf(await postman.ask(server, addressed(call, message, now)), use.id)
}

/** What the provider notes when the answer has another shape than it documents. */
function resultOf(body: unknown, id: string): string {
  const result = answer.safeParse(body).data?.results.find((one) => one.toolCallId === id)
  if (!result) return 'No result returned.'
  const value = result.result ?? result.error
  return typeof value === 'string' ? value : JSON.stringify(value)
}
