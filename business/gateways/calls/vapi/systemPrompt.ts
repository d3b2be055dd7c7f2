import type { DialOrder } from '../../../models/dial.ts'

/**
 * Everything the model is told before it speaks: who it is, what the account wants of it, and last what holds whatever it is told
 * to do, because a model heeds what it read last. Placeholders are not filled in yet.
 */
export function systemPrompt({ assistant, local_time }: DialOrder): string {
  return [
    ...character(assistant),
    assistant.instructions,
    ...(assistant.fallback_message ? [`When you did not understand what the person said, say: ${assistant.fallback_message}`] : []),
    'When the person asks in any way not to be called again, use the tool opt_out at once, confirm it in one sentence, and end the call. Never argue about it.',
    'When the person wants to be called at another time, ask for day and time, use the tool schedule_callback, and repeat what it answers.',
    ...(local_time ? [`Where the person is, it is ${local_time}.`] : []),
  ].join('\n\n')
}

function character({ role, tone, persona }: DialOrder['assistant']): string[] {
  const lines = [role && `Your role: ${role}`, tone && `How you talk: ${tone}`, persona && `Who you are: ${persona}`].filter(Boolean)
  return lines.length ? [lines.join('\n')] : []
}
