import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const WALL_CLOCK = /\bDate\.now\(\)|\bnew Date\(\)|\bperformance\.now\(\)/

/** Time is handed in, so that a test and a simulation can move it. Who reads the machine's clock is named here, and why. */
const allowed: Record<string, string> = {
  'app/components/calls/CallPlayer.vue': 'a signed address ages by the real clock of the storage service',
  'app/composables/useIdleSignOut.ts': 'sessions are in real time, and so is how long nobody used one',
  'app/composables/useNow.ts': 'the one clock of the pages',
  'app/utils/lastActivity.ts': 'as useIdleSignOut, which asks it',
  'app/utils/timeZones.ts': 'the offset shown beside a zone is today\'s; a caller may name another day',
  'business/gateways/calls/vapi/refusal.ts': 'a Retry-After date is of the provider\'s real clock',
  'business/models/timeZone.ts': 'which zones keep the same time is asked of this year; a caller may name another',
  'supabase/functions/_shared/log.ts': 'a line of the log says when it was written',
}

describe('the wall clock', () => {
  it('is read by those alone who must', () => {
    const sources = globSync('{app,business,supabase/functions}/**/*.{ts,vue}').filter((file) => !file.includes('node_modules'))
    expect(sources.length).toBeGreaterThan(100)
    const readers = sources.filter((file) => WALL_CLOCK.test(readFileSync(file, 'utf8')))
    expect(readers.sort()).toEqual(Object.keys(allowed).sort())
  })
})
