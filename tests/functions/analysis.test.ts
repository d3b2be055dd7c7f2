/** A conversation that the carrier did not analyse, through the whole backend: rules make up for it, and voicemail stays voicemail. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import { expectInvariants } from '../support/invariants.ts'
import { createStack, type TestStack } from '../support/stack.ts'

interface Told {
  transcript: { summary: string | null, computed: Record<string, unknown> | null, analyser: string | null }
  sentiment: string | null
  disposition: string | null
  outcome: string
}

describe('a conversation that the carrier did not analyse', () => {
  let stack: TestStack
  let account: TestAccount
  beforeAll(async () => {
    stack = await createStack()
    account = await openAccount(stack.db)
  })
  afterAll(() => stack.stop())

  const callTo = async (phone: string) => (await stack.db.sql`select * from public.calls where phone = ${phone}`)[0]
  const told = async (phone: string) => account.owner.rpc<Told>('get_call', { call_id: (await callTo(phone))!.id })
  async function reach(phone: string, assistant: Record<string, unknown> = {}): Promise<Told> {
    await startedCampaign(account, { contacts: [{ phone, name: 'Grace Hopper' }], assistant, content: { max_attempts: 1 } })
    await stack.tickUntil(async () => (await callTo(phone))?.state === 'settled', 'the call to settle')
    await stack.tickUntil(async () => (await stack.db.sql`select from engine.outbox where done_at is null and kind = 'analyse_call'`).length === 0
      && (await stack.db.sql`select from public.call_transcripts where words is null`).length === 0, 'its analysis')
    await expectInvariants(stack.db)
    return told(phone)
  }

  test.each([['en', 5], ['de', 6], ['es', 7], ['fr', 8]])('in %s is summed up by rules in the person\'s own words, and says so', async (language, place) => {
    const call = await reach(`+1212456${place}018`, { language })
    expect(call).toMatchObject({ outcome: 'answered', transcript: { summary: null, analyser: 'rules', computed: { keywords: expect.arrayContaining([expect.any(String)]) as string[], opt_out: false } } })
    expect(call.transcript.computed?.summary).toMatch(/^“.+”$/)
    expect(call.sentiment).not.toBeNull()
  })

  test('and in which the person wants no more calls still lists the number', async () => {
    await stack.db.sql`create or replace function public.answer_tool_calls(event jsonb, body jsonb) returns jsonb language plpgsql as 'begin raise exception ''down''; end'`
    stack.vapi.fault('no_analysis')
    const phone = newPhone('05')
    expect(await reach(phone)).toMatchObject({ disposition: 'do_not_call', transcript: { analyser: 'rules' } })
    expect((await stack.db.sql`select source from public.do_not_call where phone = ${phone}`).map(({ source }) => source)).toEqual(['analysis'])
  })

  test('is not asked about when the carrier told all, or when a machine spoke', async () => {
    expect(await reach(newPhone('07'))).toMatchObject({ outcome: 'answered', transcript: { summary: expect.stringMatching(/\w/) as string, computed: null } })
    expect(await reach(newPhone('04'))).toMatchObject({ outcome: 'voicemail', transcript: { computed: null, analyser: null } })
  })
})
