import { describe, expect, it } from 'vitest'
import { extractedValues, extractionSchema, fieldNameFrom, labelOfField, type ExtractionField } from '../../../../business/models/extraction.ts'

const field = (changes: Partial<ExtractionField> = {}): ExtractionField => ({ name: 'budget', type: 'text', description: 'How much?', choices: [], ...changes })
const faults = (fields: unknown[]) => extractionSchema.safeParse(fields).error?.issues.map(({ path }) => path.join('.')) ?? []

describe('what to find out', () => {
  it('has names that programs can read, each once, and choices where it is a choice', () => {
    expect(faults([field(), field({ name: 'plan', type: 'choice', choices: ['a', 'b'] })])).toEqual([])
    expect(faults([field(), field()])).toEqual(['1.name'])
    expect(faults([field({ name: 'Budget' })])).toEqual(['0.name'])
    expect(faults([field({ description: '  ' })])).toEqual(['0.description'])
    expect(faults([field({ type: 'choice', choices: ['only'] })])).toEqual(['0.choices'])
  })

  it.each([
    ['Budget (per month)', 'budget_per_month'], ['Größe', 'gro_e'], ['42 reasons', 'reasons'], ['¿Cuándo?', 'cuando'], ['x'.repeat(60), 'x'.repeat(40)], ['…', ''],
  ])('makes of "%s" the name "%s"', (typed, name) => {
    expect(fieldNameFrom(typed)).toBe(name)
  })

  it('is shown as words', () => {
    expect(labelOfField('budget_per_month')).toBe('Budget per month')
  })
})

describe('what was found out', () => {
  it('is in the order of the questions, and null where nothing was said', () => {
    const fields = [field(), field({ name: 'will_come', type: 'yes_no' }), field({ name: 'guests', type: 'number' })]
    const values = extractedValues(fields, { opt_out: false, budget: 'not this one', answers: { guests: 0, will_come: false, budget: '  ', smuggled: 'x' } })
    expect(values.map(({ name, value }) => [name, value])).toEqual([['budget', null], ['will_come', false], ['guests', 0]])
  })

  it.each([null, 'text', [], { answers: 'none' }, { answers: { budget: { deep: true } } }])('is nothing where a model answered %j', (structured) => {
    expect(extractedValues([field()], structured).map(({ value }) => value)).toEqual([null])
  })
})
