/** A mail as people read it; html says the same as text. */
export interface Email {
  to: string
  subject: string
  text: string
  html: string
  /** Further headers, such as where to unsubscribe. */
  headers?: Record<string, string>
}

/** refused: this mail will never be taken. unknown: not now, or nobody knows; the same key may be sent again. */
export type EmailAnswer = { kind: 'sent', id: string | null } | { kind: 'refused', cause: string } | { kind: 'unknown', cause: string }

/** A service that sends mail. What it answers is a value; a cause never holds an address or a word of the mail. */
export interface EmailGateway {
  /** The same key again is the same mail, for a day at least. */
  send: (email: Email, key: string) => Promise<EmailAnswer>
}
