import { z } from 'zod'
import { mostCallsAtOnce } from './providerConnection.ts'

/** As connect-provider reads it, in words for whoever pastes it. */
export const providerKeySchema = z.object({ api_key: z.string().trim().min(1).regex(/^[\x21-\x7e]{8,200}$/, 'provider.errors.key') })

/** From which number, with how many calls at once. */
export const providerNumberSchema = z.object({
  provider_ref: z.string().min(1, 'provider.errors.number'),
  concurrency_max: z.number().int().min(1).max(mostCallsAtOnce),
})
