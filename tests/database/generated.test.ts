/** What must not drift from the migrations: the generated types, the enums in TypeScript, and Supabase's own linter. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../supabase/local/paths.ts'
import { advisorFindings, generatedTypes } from '../../supabase/local/supabaseCli.ts'
import * as appError from '../../business/models/appError.ts'
import * as call from '../../business/models/call.ts'
import * as campaign from '../../business/models/campaign.ts'
import * as enrolment from '../../business/models/enrolment.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

describe('the migrations', () => {
  let db: TestDatabase
  const enumOf = async (name: string) => (await db.sql`select unnest(enum_range(null::public.${db.sql(name)}))::text as value`).map((row) => row.value as string)
  beforeAll(async () => {
    db = await createDatabase()
  })
  afterAll(() => db.drop())

  test('agree with the generated types', async () => {
    expect(readFileSync(join(ROOT, 'business/repositories/database.types.ts'), 'utf8')).toBe(await generatedTypes(db.url))
  })

  test('leave Supabase\'s advisors nothing to find', async () => {
    expect((await advisorFindings(db.url)).filter((finding) => finding.name !== 'unused_index')).toEqual([])
  })

  test.each([
    ['call_state', call.callStateSchema.options], ['call_kind', call.callKindSchema.options], ['call_outcome', call.callOutcomeSchema.options],
    ['failure_scope', call.failureScopeSchema.options], ['recording_state', call.recordingStateSchema.options],
    ['campaign_status', campaign.campaignStatusSchema.options], ['enrolment_status', enrolment.enrolmentStatusSchema.options],
    ['block_reason', enrolment.blockReasonSchema.options], ['wait_reason', enrolment.waitReasonSchema.options],
  ])('list the values of %s as TypeScript does', async (name, values) => {
    expect(await enumOf(name)).toEqual([...values])
  })

  test('answer each error code with the status that TypeScript expects', async () => {
    for (const [code, status] of Object.entries(appError.errorStatus)) {
      const [row] = await db.sql`select private.error_status(${code}) as status`
      expect([code, row?.status]).toEqual([code, status])
    }
  })
})
