import { z } from 'zod'

/** The kinds of answers that can be asked for; private.check_extraction in SQL knows the same. */
export const extractionTypes = ['text', 'number', 'yes_no', 'date', 'choice'] as const

/** A piece of information that is looked for in a conversation once it is over. */
export const extractionFieldSchema = z.object({
  /** By this name the value stands in exports and in the interface for programs. */
  name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  type: z.enum(extractionTypes),
  /** The question, in words for the model. */
  description: z.string().trim().min(1).max(300),
  /** Of a choice only. */
  choices: z.array(z.string().trim().min(1).max(80)).max(20),
}).refine(({ type, choices }) => type !== 'choice' || choices.length >= 2, { path: ['choices'] })

export type ExtractionField = z.infer<typeof extractionFieldSchema>

export const extractionSchema = z.array(extractionFieldSchema).max(20).superRefine((fields, context) => {
  for (const [place, { name }] of fields.entries()) {
    const isTaken = fields.findIndex((field) => field.name === name) < place
    if (isTaken) context.addIssue({ code: 'custom', path: [place, 'name'], message: 'duplicate' })
  }
})

/** "budget_per_month" → "Budget per month". */
export function labelOfField(name: string): string {
  const words = name.replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What somebody typed as a name, as near as a name can be: "Budget (per month)" → "budget_per_month". */
export function fieldNameFrom(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+/, '').slice(0, 40).replace(/_+$/, '')
}

export interface ExtractedValue {
  name: string
  type: ExtractionField['type']
  description: string
  /** null: it was not said. */
  value: string | number | boolean | null
}

/** The answers of one conversation in the order in which they were asked for; whatever else a model wrote is left out. */
export function extractedValues(fields: readonly ExtractionField[], structured: unknown): ExtractedValue[] {
  const answers = isObject(structured) && isObject(structured.answers) ? structured.answers : {}
  return fields.map(({ name, type, description }) => ({ name, type, description, value: plainValue(answers[name]) }))
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function plainValue(value: unknown): ExtractedValue['value'] {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
