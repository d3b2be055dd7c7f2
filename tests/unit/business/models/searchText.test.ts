import { expect, it } from 'vitest'
import { readConditions } from '../../../../business/models/contactFilter.ts'
import { searchTextMax, searchTextOf } from '../../../../business/models/searchText.ts'

const long = 'z'.repeat(searchTextMax)

it.each([
  ['a name', '  Ada  ', 'Ada'], ['nothing', undefined, ''], ['null', null, ''], ['two at once', ['a', 'b'], ''], ['a NUL character', 'a\u0000b', 'ab'], ['only such', ' \u0000 ', ''],
  ['half a character', '\ud800x', '\ufffdx'], ['a novel', `${long}zzz`, long], ['one that would be cut in half', `${long.slice(1)}👍`, `${long.slice(1)}\ufffd`],
])('takes from an address what the database can look for: %s', (_what, said, text) => {
  expect(searchTextOf(said)).toBe(text)
})

it('leaves out a search for nothing', () => {
  expect(readConditions({ q: ' \u0000 ' })).toEqual({})
})
