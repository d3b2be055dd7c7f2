import { expect, test } from 'vitest'
import { readAnalysis } from '../../../../business/models/callAnalysis.ts'

const nothing = { interest: null, keywords: [], nextAction: null }

test('an analysis says how interested somebody is, what it was about and what to do', () => {
  expect(readAnalysis({ interest: 7.6, keywords: [' price ', 'price', 'visit', 7, ''], next_action: ' Send the offer. ' }))
    .toEqual({ interest: 8, keywords: ['price', 'visit'], nextAction: 'Send the offer.' })
})

test.each([[null], [undefined], ['text'], [[{ interest: 3 }]], [{}], [{ interest: 11, keywords: 'price', next_action: ['x'] }], [{ interest: '7', keywords: [{}], next_action: ' ' }]])('of another shape says nothing: %j', (structured) => {
  expect(readAnalysis(structured)).toEqual(nothing)
})

test('is cut to what a page can show', () => {
  const read = readAnalysis({ keywords: Array.from({ length: 50 }, (_, index) => `${index}${'x'.repeat(500)}`), next_action: 'x'.repeat(5000) })
  expect(read.keywords).toHaveLength(8)
  expect(Math.max(...read.keywords.map((word) => word.length))).toBe(60)
  expect(read.nextAction).toHaveLength(300)
})
