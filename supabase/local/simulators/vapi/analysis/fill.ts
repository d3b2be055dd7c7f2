/**
 * Fills a JSON schema from a conversation, as the provider's model does: known facts where a field asks for them, the person's
 * own words where it asks for something they spoke of, nothing where it is optional and nobody said.
 */
import type { Knowledge } from './knowledge.ts'
import { findingOf, keywordsIn, sentenceAbout, type Finding } from './topics.ts'

export interface Schema {
  type?: string | string[]
  description?: string
  title?: string
  format?: string
  enum?: unknown[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minimum?: number
  maximum?: number
}

const DAY = new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'UTC' })
const UNSAID = ['unknown', 'not_mentioned', 'not_specified', 'unclear', 'none', 'other', 'n/a', 'na', 'neutral']

export function fill(schema: Schema, knowledge: Knowledge, name = '', isRequired = false): unknown {
  if (schema.properties) return fillObject(schema, knowledge)
  const description = `${schema.title ?? ''} ${schema.description ?? ''}`.trim()
  const finding = findingOf(name, description, knowledge)
  const asked = { finding, sentence: sentenceAbout(name, description, knowledge), knowledge, isRequired, description }
  if (schema.enum) return choose(schema.enum, asked)
  switch (typeOf(schema)) {
    case 'boolean': return truthOf(asked)
    case 'integer': return rounded(numberFor(schema, asked))
    case 'number': return numberFor(schema, asked)
    case 'array': return listFor(schema, knowledge, name)
    case 'object': return {}
    default: return textFor(schema, asked)
  }
}

interface Asked { finding: Finding | null, sentence: string | undefined, knowledge: Knowledge, isRequired: boolean, description: string }

function fillObject({ properties = {}, required = [] }: Schema, knowledge: Knowledge): Record<string, unknown> {
  const entries = Object.entries(properties).map(([name, schema]) => [name, fill(schema, knowledge, name, required.includes(name))] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** The first type that is no null; `["string", "null"]` is a string. */
function typeOf({ type, items }: Schema): string {
  const types = typeof type === 'string' ? [type] : type ?? []
  return types.find((one) => one !== 'null') ?? (items ? 'array' : 'string')
}

/** An option that says what was found, else one that says that nobody knows, else the first where one is required. */
function choose(options: unknown[], { finding, sentence, isRequired, description }: Asked): unknown {
  const wanted = [...(finding?.synonyms ?? []), ...wordsFor(finding?.value)]
  const known = wanted.map((word) => options.find((option) => wordsFromLine(option, description).includes(word))).find((option) => option !== undefined)
  const mentioned = sentence && options.find((option) => slug(sentence).split('_').includes(slug(option)))
  return known ?? mentioned ?? options.find((option) => UNSAID.includes(slug(option))) ?? (isRequired ? options[0] : undefined)
}

/** What a line of the description says of an option ("7f3a: Visit booked (positive). …"), clause by clause; without one the option speaks for itself. */
function wordsFromLine(option: unknown, description: string): string[] {
  const start = `${String(option)}: `
  const line = description.split('\n').find((one) => one.startsWith(start))
  return line === undefined ? [slug(option)] : line.slice(start.length).split(/[.,;()]/).map(slug)
}

function wordsFor(value: Finding['value']): string[] {
  if (typeof value === 'boolean') return value ? ['yes', 'true'] : ['no', 'false']
  if (typeof value === 'number') return [String(value), value >= 7 ? 'high' : value >= 4 ? 'medium' : 'low']
  if (value instanceof Date) return ['yes', 'true', 'scheduled', 'booked']
  return value === undefined ? [] : [slug(value)]
}

const slug = (value: unknown): string => String(value).toLowerCase().replace(/[^\p{L}\p{N}/]+/gu, '_').replace(/^_|_$/g, '')

function truthOf({ finding, sentence }: Asked): boolean {
  if (finding) return typeof finding.value === 'number' ? finding.value >= 6 : finding.value !== undefined && finding.value !== false && finding.value !== 'negative'
  return sentence !== undefined && !/\b(no|not|never|nicht|kein|nie|nunca|pas|jamais)\b|n't\b/i.test(sentence)
}

/** A grade from 0 to 10 is stretched over the range that is asked for. */
function numberFor({ minimum, maximum }: Schema, { finding, sentence, knowledge, isRequired }: Asked): number | undefined {
  const value = finding?.value
  if (typeof value === 'number') return value === knowledge.interest && maximum !== undefined ? (minimum ?? 0) + (maximum - (minimum ?? 0)) * value / 10 : value
  if (typeof value === 'boolean') return Number(value)
  const said = /\d+(?:[.,]\d+)?/.exec(sentence ?? '')?.[0]
  if (said !== undefined) return Number(said.replace(',', '.'))
  return isRequired ? minimum ?? 0 : undefined
}

const rounded = (value: number | undefined): number | undefined => value === undefined ? undefined : Math.round(value)

function listFor({ items = {} }: Schema, knowledge: Knowledge, name: string): unknown[] {
  if (/keyword|topic/i.test(name)) return keywordsIn(knowledge)
  const one = fill(items, knowledge, name)
  return one === undefined ? [] : [one]
}

function textFor({ format }: Schema, { finding, sentence, isRequired }: Asked): string | undefined {
  const value = finding ? finding.value : sentence
  if (value instanceof Date) return momentAs(format, value)
  if (format === 'date' || format === 'date-time' || format === 'time') return undefined
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === undefined ? (isRequired ? 'not mentioned' : undefined) : String(value)
}

function momentAs(format: string | undefined, moment: Date): string {
  const iso = moment.toISOString()
  if (format === 'date-time') return iso
  if (format === 'date') return iso.slice(0, 10)
  return format === 'time' ? iso.slice(11, 16) : DAY.format(moment)
}
