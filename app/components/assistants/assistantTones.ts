import type { Tone } from '~/components/ui/tones'
import type { AssistantStatus } from '~~/business/models/assistant.ts'

/** A draft and a change wait for somebody to publish them. */
export const assistantTones: Record<AssistantStatus, Tone> = {
  draft: 'attention',
  changed: 'attention',
  published: 'success',
  archived: 'waiting',
}
