import { describe, expect, it } from 'vitest'
import { AppError } from '../../../../business/models/appError.ts'
import { codeSchema, ownNumberSchema } from '../../../../business/models/ownNumberForm.ts'
import { parseTestCallWish, refusalOf } from '../../../../business/models/testCall.ts'

describe('the code of a verification', () => {
  it.each([['123456', '123456'], [' 123 456 ', '123456'], ['12-34-56', '123456']])('is read as it was typed: %s', (typed, code) => {
    expect(codeSchema.parse({ code: typed })).toEqual({ code })
  })

  it.each(['', '12345', '1234567', 'one two'])('is no code: "%s"', (typed) => {
    expect(codeSchema.safeParse({ code: typed }).error?.issues[0]?.message).toBe('test_call.code.six')
  })
})

it('one\'s own number is read as people write it', () => {
  expect(ownNumberSchema('US').parse({ phone: '(202) 555-0101' })).toEqual({ phone: '+12025550101' })
})

describe('a refusal', () => {
  it('is known by its reason, and no other error is one', () => {
    expect(refusalOf(new AppError('conflict', 'No.', { reason: 'line_full' }))).toBe('line_full')
    expect(refusalOf(new AppError('conflict', 'No.', { reason: 'mood' }))).toBeNull()
    expect(refusalOf(new AppError('internal', 'No.'))).toBeNull()
    expect(refusalOf(null)).toBeNull()
  })

  it('names every field of a wish that cannot be read', () => {
    expect(() => parseTestCallWish({ assistant_id: 'x' })).toThrow(expect.objectContaining({ code: 'invalid_input',
      details: [expect.objectContaining({ field: 'assistant_id' }), expect.objectContaining({ field: 'phone' })] as unknown }))
  })
})
