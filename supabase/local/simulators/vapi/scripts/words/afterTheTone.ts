import type { Line } from '../../conversation.ts'

/** What the assistant leaves on a machine; without a message it hangs up. */
export function afterTheTone(text: string | null): Line[] {
  return text === null ? [] : [['assistant', text]]
}
