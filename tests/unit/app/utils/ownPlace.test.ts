import { expect, it } from 'vitest'
import { ownPlace } from '../../../../app/utils/ownPlace.ts'

it.each([
  ['/campaigns?status=active', '/campaigns?status=active'], ['//evil.example', '/'], ['/\\evil.example', '/'], ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'], ['', '/'], [undefined, '/'], [['/a', '/b'], '/'],
])('%j leads to %s', (next, place) => {
  expect(ownPlace(next)).toBe(place)
})
