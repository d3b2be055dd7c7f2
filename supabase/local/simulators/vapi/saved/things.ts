/** What can be saved, and what is checked of it. */
import { z } from 'zod'
import { assistantFields, server } from '../request.ts'
import { createShelf, ORG, type Shelf } from './shelf.ts'

export const savedAssistant = z.looseObject(assistantFields)

const E164 = /^\+[1-9]\d{6,14}$/
const common = { name: z.string().max(40).optional(), assistantId: z.uuid().optional(), server: server.optional() }
const number = z.string().regex(E164, { error: 'number must be a valid phone number in the E.164 format.' })

export const phoneNumber = z.discriminatedUnion('provider', [
  z.looseObject({ provider: z.literal('twilio'), number, twilioAccountSid: z.string(), ...common }),
  z.looseObject({ provider: z.literal('vonage'), number, credentialId: z.uuid(), ...common }),
  z.looseObject({ provider: z.literal('telnyx'), number, credentialId: z.uuid(), ...common }),
  z.looseObject({ provider: z.literal('vapi'), numberDesiredAreaCode: z.string().regex(/^\d{3}$/).optional(), sipUri: z.string().optional(), ...common }),
  z.looseObject({ provider: z.literal('byo-phone-number'), number: z.string().min(3).max(40).optional(), credentialId: z.uuid(), ...common }),
])
export const phoneNumberChanges = z.looseObject({ ...common, provider: z.undefined({ error: 'provider cannot be changed.' }).optional() })

const bearerPlan = z.looseObject({ type: z.literal('bearer'), token: z.string().min(1), headerName: z.string().optional(), bearerPrefixEnabled: z.boolean().optional() })
const hmacPlan = z.looseObject({
  type: z.literal('hmac'), secretKey: z.string().min(1), algorithm: z.enum(['sha256', 'sha512', 'sha1']).default('sha256'), signatureHeader: z.string().optional(),
  timestampHeader: z.string().optional(), signaturePrefix: z.string().optional(), includeTimestamp: z.boolean().optional(),
  payloadFormat: z.string().optional(),
  messageIdHeader: z.string().optional(), signatureEncoding: z.enum(['hex', 'base64']).optional(), secretIsBase64: z.boolean().optional(),
})

export const credential = z.looseObject({
  provider: z.enum(['webhook', 'custom-credential']), name: z.string().max(40).optional(), authenticationPlan: z.discriminatedUnion('type', [bearerPlan, hmacPlan]),
})

type SavedAssistant = z.infer<typeof savedAssistant>
export type PhoneNumber = z.infer<typeof phoneNumber> & { number?: string, status?: string }
export type Credential = z.infer<typeof credential>
export type AuthenticationPlan = Credential['authenticationPlan']
export interface UploadedFile {
  object: 'file'
  status: 'processing' | 'done' | 'failed'
  name: string
  originalName: string
  bytes: number
  mimetype: string
  purpose: string
  url: string
  parsedTextUrl?: string
  metadata?: unknown
}

export interface Shelves {
  /** Whose they are. */
  org: string
  assistants: Shelf<SavedAssistant>
  phoneNumbers: Shelf<PhoneNumber>
  credentials: Shelf<Credential>
  files: Shelf<UploadedFile>
}

export function createShelves(now: () => Date, numbers: { id: string, number: string }[], org = ORG): Shelves {
  const shelf = <Thing extends object>() => createShelf<Thing>(now, org)
  const shelves: Shelves = { org, assistants: shelf(), phoneNumbers: shelf(), credentials: shelf(), files: shelf() }
  for (const { id, number: digits } of numbers) shelves.phoneNumbers.add({ provider: 'twilio', number: digits, twilioAccountSid: 'AC0000000000000000000000000000', status: 'active' }, id)
  return shelves
}
