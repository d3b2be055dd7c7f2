import { expect, test } from 'vitest'
import { barsOf, peaksOf } from '../../../../app/utils/peaks.ts'

test('each stretch is as loud as its loudest moment, beside the loudest of all', () => {
  expect(peaksOf(Float32Array.from([0, 0.1, -0.5, 0.2, 0.25, 0]), 3)).toEqual([expect.closeTo(0.2), 1, 0.5])
})

test('silence is silent, and what is shorter than its bars has some without a sound', () => {
  expect(peaksOf(new Float32Array(8), 4)).toEqual([0, 0, 0, 0])
  expect(peaksOf(Float32Array.from([1]), 2)).toEqual([0, 1])
})

test('a bar stands around the middle, and one of silence can be seen', () => {
  expect(barsOf([1, 0])).toBe('M0.2 0.000h0.6v1.000h-0.6zM1.2 0.485h0.6v0.030h-0.6z')
})
