import type { DialOrder } from '../../../models/dial.ts'

type Silence = Pick<DialOrder['assistant'], 'fallback_message' | 'fallback_seconds' | 'silence_seconds'>

/** Asked twice in vain, nobody is listening; the hook for the longer silence ends the call. */
const mostQuestions = 2

/**
 * What happens while the person says nothing. The provider's clock starts when the assistant has finished and stops when the person
 * speaks; its older setting for the longest silence is gone from its contract.
 */
export function silenceHooks({ fallback_message, fallback_seconds, silence_seconds }: Silence): object[] {
  const on = 'customer.speech.timeout'
  const again = { triggerResetMode: 'onUserSpeech' }
  const hangUp = {
    on, name: 'hang_up', do: [{ type: 'tool', tool: { type: 'endCall' } }],
    options: { timeoutSeconds: silence_seconds, triggerMaxCount: 1, ...again },
  }
  if (!fallback_message) return [hangUp]
  const ask = {
    on, name: 'ask_again', do: [{ type: 'say', exact: fallback_message }],
    options: { timeoutSeconds: fallback_seconds, triggerMaxCount: mostQuestions, ...again },
  }
  return [ask, hangUp]
}
