import { expect, test } from 'vitest'
import { readAnalysis } from '../../../../business/models/callAnalysis.ts'

const nothing = { summary: null, interest: null, keywords: [], nextAction: null, sources: {} }
const told = { summary: null, structured: null, computed: null, analyser: null }
const computed = { summary: '“Send me the offer.”', keywords: ['offer'], next_action: 'Follow up.' }

test('an analysis says how interested somebody is, what it was about and what to do', () => {
  const structured = { interest: 7.6, keywords: [' price ', 'price', 'visit', 7, ''], next_action: ' Send the offer. ' }
  expect(readAnalysis({ ...told, summary: ' They talked. ', structured })).toEqual({ summary: 'They talked.', interest: 8, keywords: ['price', 'visit'],
    nextAction: 'Send the offer.', sources: { summary: 'provider', keywords: 'provider', nextAction: 'provider' } })
})

test('what the carrier left out is made up for, and marked', () => {
  expect(readAnalysis({ ...told, summary: 'Theirs.', structured: { keywords: [], interest: 3 }, computed, analyser: 'rules' })).toEqual({
    summary: 'Theirs.', interest: 3, keywords: ['offer'], nextAction: 'Follow up.', sources: { summary: 'provider', keywords: 'rules', nextAction: 'rules' } })
  expect(readAnalysis({ ...told, computed, analyser: 'model' }).sources).toEqual({ summary: 'model', keywords: 'model', nextAction: 'model' })
})

test.each([[null], [undefined], ['text'], [[{ interest: 3 }]], [{}], [{ interest: 11, keywords: 'price', next_action: ['x'] }], [{ interest: '7', keywords: [{}], next_action: ' ' }]])('of another shape says nothing: %j', (structured) => {
  expect(readAnalysis({ ...told, structured })).toEqual(nothing)
  expect(readAnalysis({ ...told, computed: structured, analyser: 'rules' })).toEqual(nothing)
})

test('is cut to what a page can show', () => {
  const read = readAnalysis({ ...told, structured: { keywords: Array.from({ length: 50 }, (_, index) => `${index}${'x'.repeat(500)}`), next_action: 'x'.repeat(5000) } })
  expect(read.keywords).toHaveLength(8)
  expect(Math.max(...read.keywords.map((word) => word.length))).toBe(60)
  expect(read.nextAction).toHaveLength(300)
})

test('nobody\'s is nothing', () => {
  expect([readAnalysis(null), readAnalysis(undefined)]).toEqual([nothing, nothing])
})
