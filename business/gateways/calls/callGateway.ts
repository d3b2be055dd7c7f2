import type { CallCheck, CallEvent, CallToCheck, LiveLine, ToolResult } from '../../models/callEvent.ts'
import type { DialOrder, DialResult } from '../../models/dial.ts'
import type { NumberListing, ProviderAddress } from '../../models/providerConnection.ts'
import type { SignedWebhook } from '../webhookVerdict.ts'

/** What a provider can do. Services branch on these, never on a provider's name. */
export interface CallCapabilities {
  /** How a call whose answer was lost is found again: by our id, by listing a time window, or not at all. */
  findByAttempt: 'exact' | 'scan' | 'none'
  webhooks: boolean
  reportsCost: boolean
  recordingAccess: 'proxy' | 'none'
}

/**
 * A provider that places phone calls with an AI assistant. Whatever the provider answers is a value; these methods throw
 * only for mistakes of ours. Source of the contract: the provider's SDK and documentation.
 */
export interface CallGateway {
  id: string
  capabilities: CallCapabilities
  /**
   * Exactly one HTTP request, at most 20 seconds, never repeated. Timeout, reset, 5xx and anything that cannot be read are
   * unknown: the provider has no idempotency key, so a repetition may be a second phone call.
   */
  placeCall: (order: DialOrder) => Promise<DialResult>
  /** What the provider knows of a call by its own id. A missing call is unsure: a fresh one can read as missing. */
  getCall: (provider_call_id: string) => Promise<CallCheck>
  /**
   * Looks for calls of one line whose id we never learned, dialled between since and until, by our attempt ids. absent is
   * said only after a complete listing; whether the dial is old enough to believe it is the database's decision.
   */
  findCalls: (search: CallSearch) => Promise<Map<string, CallCheck>>
  /** Hangs up. unsupported: the provider documents no way to stop a call in this state. failed: it did not do it, or did not answer; again is harmless. */
  cancel: (provider_call_id: string) => Promise<'canceled' | 'already_ended' | 'unsupported' | 'failed'>
}

/** The gateway that speaks for whoever a call is dialled as; null where there is no such provider, or its key is gone. Throws when the key cannot be read right now. */
export type FindGateway<Gateway> = (at: ProviderAddress) => Promise<Gateway | null>

/** Whose key is it, and from which numbers may be called with it? Asked before a key is kept, and again whenever a person wants to know. */
export interface NumberGateway {
  id: string
  /** refused: the provider does not know the key, or not for this. unsure: it did not answer, or not understandably; again is harmless. */
  listNumbers: (api_key: string) => Promise<{ kind: 'listed', listing: NumberListing } | { kind: 'refused' } | { kind: 'unsure', cause: string }>
}

export interface CallSearch {
  provider_ref: CallToCheck['provider_ref']
  attempt_ids: string[]
  /** Dialled between these two, milliseconds since the epoch, by our clock. */
  since: number
  until: number
}

/** Server side only: the address of a recording never leaves it. */
export interface RecordingGateway {
  /**
   * Opens the finished recording: with two channels the voices apart, with one mixed. Not there yet, or not readable right now, is
   * not_ready: worth another try. absent: the provider keeps none of so many channels; another number may be had.
   */
  openRecording: (provider_call_id: string, wanted: RecordingWish) => Promise<RecordingAnswer>
  /**
   * Asks the provider to forget all that it keeps of a finished call: recording, transcript and logs. erased also when it knows
   * nothing of the call any more; the provider may take hours over it. Absent where the provider offers no such thing.
   */
  eraseCall?: (provider_call_id: string) => Promise<ErasureAnswer>
}

export type ErasureAnswer = { kind: 'erased' } | { kind: 'not_erased', cause: string }

/** The signal ends the opening and whatever is still being read of it. */
export interface RecordingWish { channels: 1 | 2, signal: AbortSignal }

export type RecordingAnswer
  = | { kind: 'ready', body: ReadableStream<Uint8Array>, content_type: string, extension: string }
    | { kind: 'not_ready', cause: string }
    | { kind: 'absent', cause: string }
    | { kind: 'gone', cause: string }

/** The receiving half, kept apart so that a webhook never loads a provider's SDK. */
export interface CallWebhook extends SignedWebhook {
  id: string
  /** Total: any JSON value becomes something, unknown shapes an event that changes nothing. */
  parse: (body: unknown) => WebhookMessage
  /** The answer to a message of kind tools, in the provider's shape. */
  answerTools: (results: ToolResult[]) => object
}

export type WebhookMessage
  = | { kind: 'event', event: CallEvent }
    | { kind: 'line', line: LiveLine }
    /** The provider waits for the answer, and a person with it. */
    | { kind: 'tools', event: CallEvent }
