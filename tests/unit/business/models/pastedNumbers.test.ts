import { expect, it } from 'vitest'
import { readNumbers } from '../../../../business/models/pastedNumbers.ts'

it('reads numbers in any notation, on lines or between commas, each of them once', () => {
  const text = '+1 202 555 0107\n(202) 555-0107, +49 30 901820;\t+1 (202) 555 0107\r\n'
  expect(readNumbers(text, 'US').phones).toEqual(['+12025550107', '+4930901820'])
})

it('tells what it could not read, in the words that were pasted', () => {
  expect(readNumbers('Maria Lopez\n12\n+12025550107', null)).toEqual({ phones: ['+12025550107'], refused: ['Maria Lopez', '12'] })
})

it('finds nothing in nothing', () => {
  expect(readNumbers(' \n,;', 'US')).toEqual({ phones: [], refused: [] })
})
