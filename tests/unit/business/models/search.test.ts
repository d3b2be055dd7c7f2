import { describe, expect, it } from 'vitest'
import { pathOf, thingAt, thingKinds } from '../../../../business/models/search.ts'

const id = '01a2038f-1c3c-7947-b0ec-e2d34fcb88f8'

describe('the page of a thing', () => {
  it.each(thingKinds)('of a %s is known by its address, and by those below it', (kind) => {
    expect(thingAt(pathOf({ kind, id }))).toEqual({ kind, id })
    expect(thingAt(`${pathOf({ kind, id })}/edit`)).toEqual({ kind, id })
  })

  it.each(['/', '/campaigns', '/campaigns/new', `/contacts/imports/${id}`, `/calls/${id}`, `/constructor/${id}`])('%s is none', (path) => {
    expect(thingAt(path)).toBeNull()
  })
})
