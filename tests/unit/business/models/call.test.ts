import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  callKindSchema, callOutcomeSchema, callStateRank, callStateSchema, callTransitions, canMove, failureScopeSchema, isFinal, isLive,
  recordingStateSchema, type CallState,
} from '../../../../business/models/call.ts'

const migration = (name: string) => readFileSync(new URL(`../../../../supabase/migrations/${name}`, import.meta.url), 'utf8')
const foundation = migration('20260101000100_foundation.sql')
const calls = migration('20260101000900_calls.sql')

/** The values of a Postgres enum as the migration declares them. */
function enumInSql(name: string): string[] {
  const [, values = ''] = new RegExp(`create type public\\.${name} as enum \\(([^)]*)\\)`).exec(foundation) ?? []
  return [...values.matchAll(/'([^']+)'/g)].map(([, value]) => value!)
}

describe('the vocabulary of a call', () => {
  it.each([
    ['call_state', callStateSchema.options],
    ['call_kind', callKindSchema.options],
    ['call_outcome', callOutcomeSchema.options],
    ['failure_scope', failureScopeSchema.options],
    ['recording_state', recordingStateSchema.options],
  ])('has the same %s in SQL', (name, options) => {
    expect(enumInSql(name)).toEqual(options)
  })

  it('ranks states as private.state_rank does', () => {
    const [, cases = '', rest] = /state_rank\.state ([^;]*) else (\d+) end;/s.exec(calls) ?? []
    const ranks = Object.fromEntries([...cases.matchAll(/when '(\w+)' then (\d+)/g)].map(([, state, rank]) => [state, Number(rank)]))
    for (const state of callStateSchema.options) expect([state, callStateRank[state]]).toEqual([state, ranks[state] ?? Number(rest)])
  })

  it('calls the same states live as private.is_live', () => {
    const [, list = ''] = /is_live\.state in \(([^)]*)\)/.exec(calls) ?? []
    expect(callStateSchema.options.filter(isLive)).toEqual([...list.matchAll(/'(\w+)'/g)].map(([, state]) => state))
  })
})

describe('the transitions of a call', () => {
  const moves = callStateSchema.options.flatMap((from) => callTransitions[from].map((to): [CallState, CallState] => [from, to]))

  it('never lower the rank', () => {
    expect(moves.filter(([from, to]) => callStateRank[to] < callStateRank[from])).toEqual([])
  })

  it('reach every state, and a final one from everywhere', () => {
    const reached = new Set(moves.map(([, to]) => to))
    expect(callStateSchema.options.filter((state) => state !== 'reserved' && !reached.has(state))).toEqual([])
    expect(callStateSchema.options.filter(isFinal)).toEqual(['settled', 'voided'])
    expect(moves.filter(([from]) => isFinal(from))).toEqual([])
  })

  it('void only what may not have rung', () => {
    expect(callStateSchema.options.filter((from) => canMove(from, 'voided'))).toEqual(['reserved', 'dialing', 'unknown'])
  })
})
