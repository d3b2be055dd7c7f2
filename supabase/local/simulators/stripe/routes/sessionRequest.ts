/** What POST /v1/checkout/sessions accepts, as of the version that the SDK names: `payment_method_types` is gone. */
import { z } from 'zod'
import { address, anything, currency, email, expand, metadata, text, whole, yesNo } from '../wire/check.ts'

const productData = z.strictObject({
  name: text(250), description: text().optional(), images: z.array(address).max(8).optional(), metadata: metadata.optional(), tax_code: text().optional(),
})
const line = z.strictObject({
  price_data: z.strictObject({ currency, unit_amount: whole, product_data: productData, tax_behavior: z.enum(['exclusive', 'inclusive', 'unspecified']).optional() }),
  quantity: whole.refine((value) => value >= 1, { message: 'This value must be greater than or equal to 1.' }).default(1),
})
const intentData = z.strictObject({
  metadata: metadata.optional(), setup_future_usage: z.enum(['off_session', 'on_session']).optional(), receipt_email: email.optional(), description: text(1000).optional(),
  statement_descriptor: text(22).optional(), statement_descriptor_suffix: text(22).optional(), capture_method: z.enum(['automatic', 'automatic_async']).optional(),
})
const onOff = z.strictObject({ enabled: yesNo })

export const newSession = z.strictObject({
  mode: z.enum(['payment', 'setup', 'subscription']),
  success_url: address,
  cancel_url: address.optional(),
  line_items: z.array(line).max(100).optional(),
  client_reference_id: text(200).optional(),
  metadata: metadata.optional(),
  payment_intent_data: intentData.optional(),
  setup_intent_data: z.strictObject({ metadata: metadata.optional(), description: text(1000).optional() }).optional(),
  customer: text().optional(),
  customer_email: email.optional(),
  customer_creation: z.enum(['always', 'if_required']).optional(),
  customer_update: z.strictObject({ address: z.enum(['auto', 'never']).optional(), name: z.enum(['auto', 'never']).optional() }).optional(),
  expires_at: whole.optional(),
  currency: currency.optional(),
  ui_mode: z.enum(['hosted_page']).optional(),
  locale: z.string().optional(),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay', 'subscribe']).optional(),
  billing_address_collection: z.enum(['auto', 'required']).optional(),
  automatic_tax: onOff.optional(),
  tax_id_collection: onOff.optional(),
  allow_promotion_codes: yesNo.optional(),
  adaptive_pricing: onOff.optional(),
  invoice_creation: onOff.optional(),
  phone_number_collection: onOff.optional(),
  allowed_payment_method_types: z.array(z.string()).optional(),
  excluded_payment_method_types: z.array(z.string()).optional(),
  payment_method_configuration: text().optional(),
  payment_method_options: anything.optional(),
  saved_payment_method_options: anything.optional(),
  custom_text: anything.optional(),
  expand,
})

export type NewSession = z.infer<typeof newSession>
