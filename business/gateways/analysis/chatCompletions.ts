import { asObjects, asText, pick } from '../json.ts'
import type { AnalysisAnswer, AnalysisGateway, AnalysisQuestion } from './analysisGateway.ts'

export interface ChatCompletionsConfig {
  apiKey: string
  /** Up to and without /chat/completions. */
  baseUrl: string
  model: string
  timeoutMs?: number
}

const longestAnswerTokens = 800
/** An answer of that many tokens is far shorter; a page of HTML from a proxy may be longer. */
const longestAnswer = 100_000

export function createChatCompletions(config: ChatCompletionsConfig): AnalysisGateway {
  return { complete: (question) => complete(config, question) }
}

async function complete({ apiKey, baseUrl, model, timeoutMs = 20_000 }: ChatCompletionsConfig, question: AnalysisQuestion): Promise<AnalysisAnswer> {
  try {
    const answer = await fetch(`${baseUrl.replace(/\/$/, '')}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model, temperature: 0, max_tokens: longestAnswerTokens, response_format: { type: 'json_object' },
        messages: [{ role: 'system', content: question.instructions }, { role: 'user', content: question.material }],
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await answer.text()
    return answer.ok ? read(text.slice(0, longestAnswer)) : { kind: 'failed', cause: `HTTP ${answer.status}` }
  } catch (error) {
    return { kind: 'failed', cause: error instanceof Error ? error.name : String(error) }
  }
}

/** A refusal is a field of its own; a cut answer says so, and half of a JSON text is none. */
function read(body: string): AnalysisAnswer {
  const choice = asObjects(pick(parsed(body), 'choices'))?.[0]
  const text = asText(pick(choice, 'message', 'content'))
  if (!text) return { kind: 'failed', cause: pick(choice, 'message', 'refusal') ? 'refused' : 'no text' }
  return choice?.finish_reason === 'length' ? { kind: 'failed', cause: 'cut off' } : { kind: 'answered', text }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
