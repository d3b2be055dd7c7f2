import { z } from 'zod'
import { parseInput } from './parseInput.ts'
import { providerAddressSchema } from './providerConnection.ts'

/** Somebody wants a call to be over. */
const callEndWishSchema = z.object({ call_id: z.uuid() })
export const parseCallEndWish = (body: unknown): z.infer<typeof callEndWishSchema> => parseInput(callEndWishSchema, body)

/**
 * What became of a person's wish to end a call. hung_up: the provider ends it, its events say when it is over. over: it had ended. not_yet:
 * the provider can end a conversation, but not a phone that rings. asked: somebody else's wish was a moment ahead.
 */
export const callEndAnswerSchema = z.enum(['hung_up', 'over', 'not_yet', 'asked'])
export type CallEndAnswer = z.infer<typeof callEndAnswerSchema>

/** answer null: it is this caller's turn to tell the provider. */
export const askedEndSchema = z.object({ answer: callEndAnswerSchema.nullable() })

export const callToEndSchema = providerAddressSchema.extend({ provider_call_id: z.string() })

/** Who wants a call ended, for everybody who looks at it. is_told: the provider has agreed. */
export interface EndAsked {
  at: string
  by_name: string | null
  is_told: boolean
}
