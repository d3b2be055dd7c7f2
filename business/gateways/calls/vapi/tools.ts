import type { ToolResult, ToolUse } from '../../../models/callEvent.ts'
import { asObject, asObjects, asText, pick, type JsonObject } from '../../json.ts'

/**
 * What the assistant can do while it talks; private.use_tool in SQL knows the same names. async: false makes VAPI wait for
 * our answer and lets the assistant speak of it. Moments are the wall clock where the person is, because that is what people say.
 */
export const conversationTools = [
  {
    type: 'function', async: false,
    function: {
      name: 'opt_out',
      description: 'Use it at once when the person asks in any way not to be called again, or to be taken off the list. It cannot be undone.',
      parameters: { type: 'object', properties: { words: { type: 'string', description: 'What the person said, verbatim.' } } },
    },
  },
  {
    type: 'function', async: false,
    function: {
      name: 'schedule_callback',
      description: 'Use it when the person asks to be called at another time and has named a day and a time.',
      parameters: {
        type: 'object',
        properties: { callback_at: { type: 'string', format: 'date-time', description: 'When to call, by the clock where the person is, without an offset: 2026-03-31T17:00:00' } },
        required: ['callback_at'],
      },
    },
  },
] as const

const mostTools = 20

/** The tools of one message; null when it names none. Arguments come as JSON text in the form of OpenAI, else as an object. */
export function readTools(message: JsonObject): ToolUse[] | null {
  const told = asObjects(message.toolCallList) ?? asObjects(message.toolCalls) ?? []
  const uses = told.slice(0, mostTools).flatMap((tool) => {
    const id = asText(tool.id)
    const name = asText(tool.name) ?? asText(pick(tool, 'function', 'name'))
    return id && id.length <= 200 ? [{ id, name: (name ?? '').slice(0, 64), arguments: readArguments(tool) }] : []
  })
  return uses.length > 0 ? uses : null
}

function readArguments(tool: JsonObject): ToolUse['arguments'] {
  const told = tool.parameters ?? tool.arguments ?? pick(tool, 'function', 'arguments')
  return asObject(typeof told === 'string' ? parsed(told) : told) ?? {}
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function answerTools(results: ToolResult[]): object {
  return { results: results.map(({ id, ...answer }) => ({ toolCallId: id, ...answer })) }
}
