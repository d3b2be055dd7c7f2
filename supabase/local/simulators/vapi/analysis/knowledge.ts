/** What the provider's model knows when it is asked about a conversation: the facts, and what the person said. */
import type { SimulatedCall } from '../call.ts'
import type { Facts } from '../scripts/script.ts'

export interface Knowledge extends Facts {
  is_success: boolean
  summary: string
  /** What the contact said, sentence by sentence, in order. */
  sentences: string[]
  name?: string
  email?: string
  phone?: string
}

/** Null when nobody talked. */
export function knowledgeOf({ script, conversation, request }: SimulatedCall): Knowledge | null {
  if (!script.analysis) return null
  const { facts, isSuccess, summary } = script.analysis
  const said = conversation.turns.filter(({ role }) => role === 'contact').map(({ text }) => text)
  const { name, email, number } = request.customer ?? {}
  return { ...facts, is_success: isSuccess, summary, sentences: said.flatMap((text) => text.match(/[^.?!…]+[.?!…]*/g) ?? []).map((text) => text.trim()), name, email, phone: number }
}
