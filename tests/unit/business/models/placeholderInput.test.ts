import { describe, expect, it } from 'vitest'
import { completePlaceholder, fittingNames, typedPlaceholder } from '../../../../business/models/placeholderInput.ts'

/** The bar is the cursor. */
const at = (marked: string) => typedPlaceholder(marked.replace('^', ''), marked.indexOf('^'))

describe('a placeholder that is being typed', () => {
  it.each([
    ['{^', { start: 0, word: '' }], ['Hi {na^', { start: 3, word: 'na' }], ['Hi {na^me}', { start: 3, word: 'na' }], ['{a} and {first na^', { start: 8, word: 'first na' }],
    ['a\n{x^', { start: 2, word: 'x' }],
  ])('is seen in "%s"', (text, typed) => {
    expect(at(text)).toEqual(typed)
  })

  it.each(['^{name}', '{name}^', '{name|th^', '{{na^', 'no brace^', '{a\nb^', '{"json^', `{${'x'.repeat(41)}^`])('is not seen in "%s"', (text) => {
    expect(at(text)).toBeNull()
  })

  it('offers what begins with it before what contains it, whatever the case', () => {
    expect(fittingNames(['name', 'Nickname', 'first name', 'phone'], 'NA')).toEqual(['name', 'Nickname', 'first name'])
    expect(fittingNames(['name', 'phone'], '')).toEqual(['name', 'phone'])
    expect(fittingNames(['name'], 'x')).toEqual([])
  })

  it('is completed where it stands, with one closing brace', () => {
    expect(completePlaceholder('Hi {na!', { start: 3, word: 'na' }, 6, 'name')).toEqual({ text: 'Hi {name}!', cursor: 9 })
    expect(completePlaceholder('Hi {na}!', { start: 3, word: 'na' }, 6, 'name')).toEqual({ text: 'Hi {name}!', cursor: 9 })
  })
})
