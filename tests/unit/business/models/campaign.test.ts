import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { campaignStatusSchema, campaignTransitions } from '../../../../business/models/campaign.ts'
import { blockReasonSchema, enrolmentStatusSchema, enrolmentTransitions, waitReasonSchema } from '../../../../business/models/enrolment.ts'

const foundation = readFileSync(new URL('../../../../supabase/migrations/20260101000100_foundation.sql', import.meta.url), 'utf8')

/** The values of a Postgres enum as the migration declares them. */
function enumInSql(name: string): string[] {
  const [, values = ''] = new RegExp(`create type public\\.${name} as enum \\(([^)]*)\\)`).exec(foundation) ?? []
  return [...values.matchAll(/'([^']+)'/g)].map(([, value]) => value!)
}

describe('the vocabulary of a campaign', () => {
  it.each([
    ['campaign_status', campaignStatusSchema.options],
    ['enrolment_status', enrolmentStatusSchema.options],
    ['block_reason', blockReasonSchema.options],
    ['wait_reason', waitReasonSchema.options],
  ])('has the same %s in SQL', (name, options) => {
    expect(enumInSql(name)).toEqual(options)
  })

  it('says for every state where it may go', () => {
    expect(Object.keys(campaignTransitions)).toEqual(campaignStatusSchema.options)
    expect(Object.keys(enrolmentTransitions)).toEqual(enrolmentStatusSchema.options)
  })

  it('lets nobody bring a stopped campaign back', () => {
    expect(campaignTransitions.stopped).toEqual(['archived'])
  })
})
