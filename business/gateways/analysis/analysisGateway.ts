/** A model that answers a question with text. Whatever goes wrong on the way is a value: the caller has rules to fall back on. */
export interface AnalysisGateway {
  /**
   * One request, at most 20 seconds, never repeated. The answer is what the model wrote, which may be anything. failed: no answer,
   * a refusal, or an answer that was cut off. Source of the contract: the chat completions interface of OpenAI and those who speak it.
   */
  complete: (question: AnalysisQuestion) => Promise<AnalysisAnswer>
}

export interface AnalysisQuestion {
  instructions: string
  material: string
}

export type AnalysisAnswer = { kind: 'answered', text: string } | { kind: 'failed', cause: string }
