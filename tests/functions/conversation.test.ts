/** What people say to the assistant, through the whole backend: the carrier posts what its tools want, waits, and goes on with the answer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import { expectInvariants } from '../support/invariants.ts'
import { createStack, type TestStack } from '../support/stack.ts'

describe('a conversation through the whole backend', () => {
  let stack: TestStack
  let account: TestAccount
  beforeAll(async () => {
    stack = await createStack()
    account = await openAccount(stack.db)
    await stack.db.sql`select private.post_entry(${account.accountId}, 'grant', 6000, 'x', 'For a test')`
  })
  afterAll(() => stack.stop())

  const listed = async (phone: string) => (await stack.db.sql`select source, reason from public.do_not_call where phone = ${phone}`).map((row) => ({ ...row }))
  const callTo = async (phone: string) => (await stack.db.sql`select * from public.calls where phone = ${phone}`)[0]
  const heard = (phone: string) => stack.vapi.calls().find((call) => call.request.customer?.number === phone)
    ?.toolUses.map(({ name, result }) => ({ name, result }))
  async function reach(phone: string, assistant: Record<string, unknown> = {}): Promise<void> {
    await startedCampaign(account, { contacts: [{ phone, name: 'Grace Hopper' }], assistant })
    await stack.tickUntil(async () => (await callTo(phone))?.state === 'settled', 'the call to settle')
    await expectInvariants(stack.db)
  }

  test('in which the person wants to be removed lists the number while they talk, in every language', async () => {
    for (const language of ['en', 'de', 'es', 'fr']) {
      const phone = newPhone('05')
      await startedCampaign(account, { contacts: [{ phone }], assistant: { language } })
      await stack.tickUntil(async () => (await listed(phone)).length === 1, 'the number to be listed')
      expect(await listed(phone)).toEqual([{ source: 'tool_call', reason: expect.stringMatching(/\w/) }])
      await stack.tickUntil(async () => (await callTo(phone))?.state === 'settled', 'the call to settle')
      expect(heard(phone)).toEqual([{ name: 'opt_out', result: expect.stringContaining('Done') }])
      expect(await callTo(phone)).toMatchObject({ outcome: 'answered', disposition: 'do_not_call' })
    }
    await expectInvariants(stack.db)
  })

  test('in which the person drives and wants to be called at five is called back at five where they are', async () => {
    const phone = `${newPhone('11').slice(0, -3)}011`
    await reach(phone)
    expect(heard(phone)).toEqual([{ name: 'schedule_callback', result: expect.stringMatching(/^Done: .*17:00/) }])
    const [queued] = await stack.db.sql`select to_char(due_at at time zone 'America/New_York', 'HH24:MI') as local_due, rank from engine.dial_queue where phone = ${phone}`
    expect(queued).toEqual({ local_due: '17:00', rank: 0 })
    expect(await callTo(phone)).toMatchObject({ outcome: 'answered', disposition: 'callback' })
  })

  test('whose tool call was lost is heeded by its analysis', async () => {
    const phone = newPhone('05')
    await startedCampaign(account, { contacts: [{ phone }] })
    await stack.db.sql`create or replace function public.answer_tool_calls(event jsonb, body jsonb) returns jsonb language plpgsql as 'begin raise exception ''down''; end'`
    await stack.tickUntil(async () => (await callTo(phone))?.state === 'settled', 'the call to settle')
    expect(heard(phone)).toEqual([{ name: 'opt_out', result: 'No result returned.' }])
    expect(await listed(phone)).toMatchObject([{ source: 'analysis' }])
    await stack.db.sql`create or replace function public.answer_tool_calls(event jsonb, body jsonb) returns jsonb language sql set search_path = ''
      return private.answer_tool_calls(answer_tool_calls.event, answer_tool_calls.body)`
  })

  test.each([['07', 'interested'], ['01', 'not_interested'], ['06', 'wrong_number'], ['015', 'information']])('that ends like number %s has the disposition %s', async (ending, disposition) => {
    const phone = ending.length === 3 ? `${newPhone(ending.slice(1)).slice(0, -3)}${ending}` : newPhone(ending)
    await reach(phone)
    expect(await callTo(phone)).toMatchObject({ outcome: 'answered', disposition })
    expect(await listed(phone)).toEqual([])
  })

  test('is given the account\'s own word that its analysis chose among those it was offered', async () => {
    const save = async (name: string, meaning: string) => (await account.owner.rpc<{ disposition_id: string }>('save_disposition', {
      account_id: account.accountId, disposition_id: null, name, meaning, description: '' })).disposition_id
    const [booked, contract] = [await save('Visit booked', 'positive'), await save('Has a contract', 'negative')]
    for (const [ending, disposition, own] of [['07', 'interested', booked], ['01', 'not_interested', contract], ['06', 'wrong_number', null]] as const) {
      const phone = newPhone(ending)
      await reach(phone)
      expect(await callTo(phone)).toMatchObject({ disposition, own_disposition_id: own, disposition_source: 'provider' })
    }
    for (const disposition_id of [booked, contract]) await account.owner.rpc('remove_disposition', { disposition_id })
  })

  test('is led by all that was published, and brings back what it was asked to find out', async () => {
    const phone = newPhone('07')
    const extraction = [
      { name: 'follow_up', type: 'date', description: 'When is the follow-up?', choices: [] },
      { name: 'mood', type: 'choice', description: 'The mood of {name|the person}', choices: ['positive', 'negative'] },
      { name: 'is_interested', type: 'yes_no', description: 'Is the person interested?', choices: [] },
    ]
    const { assistant_id, revision } = await account.owner.rpc<{ assistant_id: string, revision: number }>('create_assistant', {
      account_id: account.accountId, template_id: 'lead-qualification-en' })
    const { content } = await account.owner.rpc<{ content: Record<string, unknown> }>('get_assistant', { assistant_id })
    const words = { ...content, extraction, model_id: 'claude-haiku-4.5', temperature_percent: 70, voice_id: 'elliot' }
    const saved = await account.owner.rpc<{ revision: number }>('save_assistant_draft', { assistant_id, content: words, expected_revision: revision })
    await account.owner.rpc('publish_assistant', { assistant_id, expected_revision: saved.revision })
    await startedCampaign(account, { contacts: [{ phone, name: 'Grace Hopper' }], content: { assistant_id } })
    await stack.tickUntil(async () => (await callTo(phone))?.state === 'settled', 'the call to settle')

    const { assistant } = stack.vapi.calls().find((call) => call.request.customer?.number === phone)?.request ?? {}
    expect(assistant).toMatchObject({
      model: { provider: 'anthropic', model: 'claude-haiku-4-5-20251001', temperature: 0.7, messages: [{ content: expect.stringContaining('Your role: Sales development at') }] },
      voice: { provider: 'vapi', voiceId: 'Elliot' }, endCallMessage: 'Thank you for your time, goodbye.', hooks: [{ name: 'ask_again' }, { name: 'hang_up' }],
      analysisPlan: { structuredDataPlan: { schema: { properties: { answers: { properties: { mood: { enum: ['positive', 'negative'], description: 'The mood of Grace Hopper' } } } } } } },
    })
    const call = await callTo(phone)
    expect(call).toMatchObject({ outcome: 'answered', disposition: 'interested' })
    const told = await account.owner.rpc('get_call', { call_id: call?.id })
    expect(told).toMatchObject({ extraction: [{ name: 'follow_up' }, { name: 'mood' }, { name: 'is_interested' }],
      transcript: { success: 'true', structured: { answers: { follow_up: expect.stringMatching(/^\d{4}-/), mood: 'positive', is_interested: true } } } })
    await expectInvariants(stack.db)
  })

  test.each([['04', 'voicemail'], ['03', 'no_answer'], ['02', 'busy']])('that never was one (%s) has none, and no summary', async (ending, outcome) => {
    const phone = newPhone(ending)
    await startedCampaign(account, { contacts: [{ phone }], content: { max_attempts: 1 } })
    await stack.tickUntil(async () => (await callTo(phone))?.state === 'settled', 'the call to settle')
    const call = await callTo(phone)
    expect(call).toMatchObject({ outcome, disposition: null })
    expect(await stack.db.sql`select 1 from public.call_transcripts where call_id = ${call?.id as string} and (summary is not null or structured is not null)`).toEqual([])
  })
})
