import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isSentence, reasonKeyOf } from '../../../../../app/components/calls/endedReasons.ts'

const { reason: words } = JSON.parse(readFileSync('app/locales/en/calls.json', 'utf8')) as { reason: Record<string, string> }

describe('reasonKeyOf', () => {
  it.each([
    ['customer-ended-call', 'The contact hung up'],
    ['assistant-said-end-call-phrase', 'The assistant ended the call'],
    ['exceeded-max-duration', 'The longest call length was reached'],
    ['call.in-progress.error-providerfault-openai-llm-failed', 'A technical failure at the carrier'],
  ])('has words for %s', (reason, expected) => {
    expect(words[reasonKeyOf(reason) ?? '']).toBe(expected)
  })

  it('has none for what is new', () => {
    expect(reasonKeyOf('something-new')).toBeNull()
  })

  it.each(readFileSync('app/components/calls/endedReasons.ts', 'utf8').match(/(?<=, ')\w+(?='\])/g) ?? [])('knows only keys that have words: %s', (key) => {
    expect(words[key]).toBeTypeOf('string')
  })
})

it('tells a sentence of the carrier from a code', () => {
  expect(['This number is not in service.', 'customer-busy'].map(isSentence)).toEqual([true, false])
})
