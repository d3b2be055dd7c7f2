/** Whether a webhook comes from whom it says; the reason is for the log and never holds anything secret. */
export type WebhookVerdict = { ok: true } | { ok: false, reason: string }

/** What a guard needs of a provider's receiving half. */
export interface SignedWebhook {
  /** Judges the sender on the raw bytes and the headers, before anything is parsed. Refuses when no secret is set. */
  verify: (raw: Uint8Array, headers: Headers) => Promise<WebhookVerdict>
}
