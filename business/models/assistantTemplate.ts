import type { AssistantContent } from './assistant.ts'

export const templateKinds = [
  'appointment_reminder', 'lead_qualification', 'survey', 'payment_reminder', 'order_confirmation', 'event_invitation',
] as const
export type TemplateKind = (typeof templateKinds)[number]

/** Texts to begin with, for one occasion in one language; create_assistant in SQL makes an assistant of them. */
export interface AssistantTemplate {
  id: string
  kind: TemplateKind
  language: string
  content: Partial<AssistantContent>
}

/** A template's text with the name of whoever calls, as create_assistant puts it in. */
export function ofAccount(text: string, accountName: string): string {
  // "Acme Inc." at the end of a sentence has its full stop already.
  return text.replaceAll('[account]', accountName.replace(/[. ]+$/, ''))
}
