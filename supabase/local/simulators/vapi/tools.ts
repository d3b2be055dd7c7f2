/** The assistant's tools: when a person asks not to be called, or for another time, the provider asks our server to act and speaks its answer's result. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { fill, type Schema } from './analysis/fill.ts'
import { knowledgeOf } from './analysis/knowledge.ts'
import type { SimulatedCall } from './call.ts'
import type { Act, Turn } from './conversation.ts'
import { addressed } from './messages.ts'
import { wants, type Postman } from './postman.ts'

/** Which tool fits an act, by its name. */
const TOOLS: Partial<Record<Act, RegExp>> = {
  opt_out: /opt.?out|do.?not.?call|unsubscribe|remove/i, call_back: /call.?back|re.?schedule|call.?later/i, book: /book|appointment|calendar|meeting/i,
}
const answer = z.looseObject({ results: z.array(z.looseObject({ toolCallId: z.string(), result: z.unknown().optional(), error: z.unknown().optional() })) })

/** Does nothing when the assistant has no tool for it: then the words alone must do. */
export async function useTool(call: SimulatedCall, turn: Turn, postman: Postman, now: Date): Promise<void> {
  const { assistant } = call
  const fits = turn.act && TOOLS[turn.act]
  const tool = fits && assistant.model?.tools?.find((one) => fits.test(one.function?.name ?? ''))
  const destination = tool?.server ? call.destinationOf(tool.server) : call.destination
  const name = tool?.function?.name
  if (!tool || !destination || name === undefined) return
  const use = {
    id: `call_${randomUUID().replaceAll('-', '').slice(0, 24)}`, name, arguments: argumentsFor(call, tool.function?.parameters),
    result: null as string | null, secondsFromStart: turn.startsAt,
  }
  call.toolUses.push(use)
  const toolCall = { id: use.id, type: 'function', function: { name, arguments: JSON.stringify(use.arguments) } }
  const message = { type: 'tool-calls', toolCallList: [toolCall], toolCalls: [toolCall], toolWithToolCallList: [{ ...tool, toolCall }] }
  if (!tool.server && !wants(assistant.serverMessages, message)) return
  use.result = resultOf(await postman.ask(destination, addressed(call, message, now)), use.id)
}

function argumentsFor(call: SimulatedCall, parameters: Schema | undefined): Record<string, unknown> {
  const knowledge = knowledgeOf(call)
  return parameters && knowledge ? fill({ properties: {}, ...parameters }, knowledge) as Record<string, unknown> : {}
}

/** What the provider notes when the answer has another shape than it documents. */
function resultOf(body: unknown, id: string): string {
  const result = answer.safeParse(body).data?.results.find((one) => one.toolCallId === id)
  if (!result) return 'No result returned.'
  const value = result.result ?? result.error
  return typeof value === 'string' ? value : JSON.stringify(value)
}
