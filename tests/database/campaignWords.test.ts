/** What a campaign says over its assistant, in which order it calls, and who speaks to whom. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { claim, dialOne, processEvents, report, sendEvent } from '../factories/call.ts'
import { createAssistant, createCampaign, createContact, startedCampaign } from '../factories/campaign.ts'
import { errorOf, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface Order { assistant: Record<string, unknown>, disclosures: Record<string, string>, record_calls: boolean, maximum_seconds: number }
type Content = Record<string, unknown>
const budget = { name: 'budget', type: 'number', description: 'How much may it cost?', choices: [] }
const day = { name: 'day', type: 'date', description: 'When?', choices: [] }

describe('what a campaign says over its assistant', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    await db.sql`select private.post_entry(${account.accountId}, 'grant', 100000, 'test')`
  })
  afterAll(() => db.drop())
  const save = (id: string, content: Content) => account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: id, content })
  const run = <T>(name: string, id: string, more: object = {}) => account.owner.rpc<T>(name, { campaign_id: id, ...more })
  const get = (id: string) => run<Content & { editable: string[], extraction: unknown }>('get_campaign', id)
  const republish = (assistantId: string, content: Content = {}) => account.owner.rpc('save_assistant', { account_id: account.accountId, assistant_id: assistantId, content: {
    name: 'Ava', voice_id: 'elliot', language: 'en', greeting: 'Hi {name}, this is Ava of Company.', instructions: 'Be kind.', ...content } })

  /** The order of the next dial, as the adapter gets it. */
  async function nextOrder(): Promise<Order> {
    const [claimed] = await claim(db, 1)
    await db.sql`update public.calls set dial_at = private.now() where id = ${claimed!.call_id}`
    return db.asService().rpc<Order>('begin_dial', { call_id: claimed!.call_id })
  }

  test('is heard in its calls: its words after the assistant\'s, its voice, its language, its questions', async () => {
    await startedCampaign(account, { assistant: { extraction: [budget] }, content: { prompt: 'Offer {plan}.', voice_id: 'katja', language: 'de', qualification: [day] } })
    const { assistant, disclosures, record_calls } = await nextOrder()
    expect(assistant).toMatchObject({ instructions: 'Be kind.\n\nOffer {plan}.', voice_ref: 'de-DE-KatjaNeural', voice_provider: 'azure', language: 'de', extraction: [budget, day] })
    expect(record_calls).toBe(true)
    expect(disclosures.recording, 'announced in the language of the call').toBe('Dieses Gespräch wird aufgezeichnet.')
  })

  test('left empty is as the assistant has it', async () => {
    await startedCampaign(account, { assistant: { extraction: [budget], record_calls: false } })
    expect(await nextOrder()).toMatchObject({ record_calls: false, disclosures: { recording: '' },
      assistant: { instructions: 'Be kind.', voice_ref: 'Elliot', language: 'en', extraction: [budget] } })
  })

  test.each([[true, false], [false, true]])('records %s where the assistant would record %s, and announces it where it does', async (record_calls, assistants) => {
    await startedCampaign(account, { assistant: { record_calls: assistants }, content: { record_calls } })
    expect(await nextOrder()).toMatchObject({ record_calls, disclosures: { recording: record_calls ? 'This call is recorded.' : '' } })
  })

  test('records nothing where the law of the place forbids it', async () => {
    await db.sql`insert into public.rule_packs (id, name, regions) values ('silent', 'Silent', '{US}')`
    await db.sql`insert into public.rules (id, pack_id, kind, value, citation, effective_from, is_verified, is_on)
      values ('silent:recording', 'silent', 'recording', '{"consent": "forbidden"}', 'test', '2020-01-01', true, true)`
    await startedCampaign(account, { assistant: { record_calls: false }, content: { record_calls: true } })
    expect(await nextOrder()).toMatchObject({ record_calls: false, disclosures: { recording: '' } })
  })

  test('asks once what it and the assistant call alike, in its own words', async () => {
    const own = { ...budget, type: 'text', description: 'In which range?' }
    const { campaignId } = await startedCampaign(account, { assistant: { extraction: [day, budget] }, content: { qualification: [own] } })
    const { callId } = await dialOne(db)
    await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'accepted', provider_call_id: 'p1' } })
    await sendEvent(db, report('p1'))
    await processEvents(db)
    const call = await account.owner.rpc<{ extraction: unknown }>('get_call', { call_id: callId })
    expect(call.extraction, 'a call is shown with what it was asked').toEqual([day, own])
    expect((await get(campaignId)).qualification).toEqual([own])
  })

  test('says nothing in a call without a campaign, and nothing about an assistant\'s own voice', async () => {
    const { campaignId } = await createCampaign(account, { assistant: { language: 'de', extraction: [budget] } })
    const [row] = await db.sql<{ is_same: boolean }[]>`select to_jsonb(private.campaign_words(v, null)) = to_jsonb(v) as is_same from public.assistant_versions v`
    expect(row?.is_same).toBe(true)
    expect(await run('campaign_blockers', campaignId), 'an English voice that speaks German is the assistant\'s matter').toEqual([])
  })

  test.each<[string, string, Content]>([
    ['category', 'length', { category: 'x'.repeat(61) }], ['prompt', 'length', { prompt: 'x'.repeat(5001) }], ['voice_id', 'unknown', { voice_id: 'nobody' }],
    ['language', 'unknown', { language: 'tlh' }], ['record_calls', 'type', { record_calls: 'yes' }], ['call_order', 'unknown', { call_order: 'score' }], ['call_order', 'unknown', { call_order: null }],
    ['uses_preferred_assistants', 'type', { uses_preferred_assistants: 1 }], ['uses_preferred_assistants', 'type', { uses_preferred_assistants: null }],
    ['qualification', 'length', { qualification: 'none' }], ['qualification[0].name', 'format', { qualification: [{ ...day, name: 'My day' }] }],
    ['qualification[0].name', 'duplicate', { qualification: [day, day].map((field, i) => ({ ...field, type: i ? 'text' : 'date' })) }],
    ['voice_id', 'language', { voice_id: 'katja' }], ['voice_id', 'language', { language: 'de' }], ['voice_id', 'language', { language: 'fr', voice_id: 'katja' }],
  ])('is refused with the field %s and %s: %j', async (field, code, content) => {
    const { campaignId } = await createCampaign(account, { contacts: 0 })
    const error = await errorOf(save(campaignId, content))
    expect(error).toMatchObject({ code: 'invalid_input' })
    expect((error.details as object[])[0]).toMatchObject({ field, code })
  })

  test('keeps texts trimmed, an empty choice as none, and says what changed', async () => {
    const { campaignId } = await createCampaign(account, { contacts: 0 })
    await save(campaignId, { category: ' Renewals ', prompt: ' Be brief. ', voice_id: '', language: '', record_calls: null })
    expect(await get(campaignId)).toMatchObject({ category: 'Renewals', prompt: 'Be brief.', voice_id: null, language: null, record_calls: null, qualification: [], call_order: 'enrolled', uses_preferred_assistants: false })
    expect((await db.sql`select details from public.activity_log where subject_id = ${campaignId} and verb = 'campaign.changed'`)[0]?.details).toEqual({ fields: ['category', 'prompt'] })
  })

  test('changes while it is paused, but for what it finds out; running only its order', async () => {
    const words = { prompt: 'Now this.', voice_id: 'emma', language: 'en', record_calls: false, uses_preferred_assistants: true }
    const { campaignId } = await startedCampaign(account)
    expect(await errorOf(save(campaignId, { ...words, qualification: [day] }))).toMatchObject({ code: 'conflict',
      details: { fields: ['language', 'prompt', 'qualification', 'record_calls', 'uses_preferred_assistants', 'voice_id'] } })
    await save(campaignId, { call_order: 'random', category: 'Later' })
    await run('pause_campaign', campaignId)
    expect(await errorOf(save(campaignId, { ...words, qualification: [day] }))).toMatchObject({ details: { fields: ['qualification'] } })
    await save(campaignId, words)
    await run('resume_campaign', campaignId)
    expect(await nextOrder()).toMatchObject({ record_calls: false, assistant: { voice_ref: 'Emma', instructions: 'Be kind.\n\nNow this.' } })
  })

  test('is not started, nor resumed, with a voice that does not speak the language of the calls any more', async () => {
    const { campaignId, assistantId } = await createCampaign(account, { content: { voice_id: 'emma' } })
    await republish(assistantId, { voice_id: 'katja', language: 'de' })
    expect(await run('campaign_blockers', campaignId)).toEqual([{ code: 'voice_language', details: { voice_name: 'Emma', language: 'de' } }])
    await save(campaignId, { name: 'Still to be renamed' })
    await save(campaignId, { voice_id: 'conrad' })
    await run('start_campaign', campaignId)
    await run('pause_campaign', campaignId)
    await republish(assistantId, { voice_id: 'emma', language: 'en' })
    await run('repin_assistant', campaignId)
    expect(await errorOf(run('resume_campaign', campaignId))).toMatchObject({ code: 'not_launchable', details: [{ code: 'voice_language' }] })
  })

  test('is copied with everything else', async () => {
    const words = { category: 'Renewals', prompt: 'P', voice_id: 'emma', language: 'en', record_calls: false, qualification: [day], call_order: 'random', uses_preferred_assistants: true }
    const { campaignId } = await createCampaign(account, { contacts: 0, content: words })
    const { campaign_id: copyId } = await run<{ campaign_id: string }>('duplicate_campaign', campaignId, { name: 'Copy' })
    expect(await get(copyId)).toMatchObject(words)
  })

  describe('heard before it is saved', () => {
    const preview = (content: Content, more: object = {}, actor = account.owner) =>
      actor.rpc<{ content: Content, disclosures: Content, is_recorded: boolean, voice_name: string, voice_fault: unknown, version: number } | null>('preview_campaign',
        { account_id: account.accountId, campaign_id: null, content, ...more })

    test('is what a call would say, from the same words', async () => {
      const content = { prompt: 'Offer {plan}.', voice_id: 'katja', language: 'de', record_calls: true, qualification: [day] }
      const { assistantId, contactIds } = await startedCampaign(account, { content })
      const order = await nextOrder()
      const shown = await preview({ ...content, assistant_id: assistantId }, { contact_id: contactIds[0] })
      expect(shown).toMatchObject({ is_recorded: order.record_calls, disclosures: order.disclosures, voice_name: 'Katja', voice_fault: null })
      for (const field of ['instructions', 'language', 'extraction', 'greeting']) expect(shown?.content[field]).toEqual(order.assistant[field])
    })

    test('keeps to the version a campaign calls with, judges by the contact\'s place, and shows what does not go together', async () => {
      const { campaignId, assistantId, contactIds } = await startedCampaign(account)
      await republish(assistantId, { greeting: 'New words of Company.' })
      expect(await preview({ assistant_id: assistantId })).toMatchObject({ version: 2 })
      expect(await preview({ assistant_id: assistantId, language: 'de' }, { campaign_id: campaignId, contact_id: contactIds[0] }))
        .toMatchObject({ version: 1, voice_fault: { voice_name: 'Elliot', language: 'de' } })
      const german = await createContact(account, { phone: '+4915112345678', time_zone: 'Europe/Berlin' })
      expect((await preview({ assistant_id: assistantId }, { contact_id: german }))?.disclosures, 'the place asks for more').not.toEqual((await preview({ assistant_id: assistantId }))?.disclosures)
    })

    test('has nothing to show without an assistant of the account, and nothing for strangers', async () => {
      const stranger = await openAccount(db)
      const foreign = await createAssistant(stranger)
      expect(await preview({})).toBeNull()
      expect(await preview({ assistant_id: foreign })).toBeNull()
      const { campaignId, assistantId } = await createCampaign(account)
      expect((await errorOf(preview({ assistant_id: assistantId }, {}, stranger.owner))).code).toBe('not_found')
      expect((await errorOf(preview({ assistant_id: assistantId }, { account_id: stranger.accountId, campaign_id: campaignId }, stranger.owner))).code).toBe('not_found')
      const agent = (await addMember(db, account, 'agent')).actor
      expect((await errorOf(preview({ assistant_id: assistantId }, { campaign_id: campaignId }, agent))).code, 'a campaign that nobody assigned to them').toBe('not_found')
    })
  })

  describe('in random order', () => {
    const queue = async (id: string) => (await db.sql<{ place: number }[]>`select e.position::int as place from engine.dial_queue q join public.enrolments e on e.id = q.enrolment_id
      where e.campaign_id = ${id} order by q.rank, q.due_at, q.position`).map(({ place }) => place)
    const asEnrolled = Array.from({ length: 12 }, (_, index) => index + 2)

    test('everybody is called once, by a lot drawn when they were enrolled', async () => {
      const { campaignId } = await startedCampaign(account, { contacts: 12, content: { call_order: 'random' } })
      const drawn = await queue(campaignId)
      expect(drawn.toSorted((a, b) => a - b)).toEqual(asEnrolled)
      expect(drawn).not.toEqual(asEnrolled)
      const calls = await claim(db, 5)
      const called = await db.sql<{ place: number }[]>`select e.position::int as place from public.calls c join public.enrolments e on e.id = c.enrolment_id order by c.dial_at`
      expect(called.map(({ place }) => place)).toEqual(drawn.slice(0, calls.length))
      expect(calls).toHaveLength(5)
      await expectInvariants(db)
    })

    test('changed later it holds for whoever waits, and back again', async () => {
      const { campaignId } = await createCampaign(account, { contacts: 12 })
      expect(await queue(campaignId)).toEqual(asEnrolled)
      await save(campaignId, { call_order: 'random' })
      expect(await queue(campaignId)).not.toEqual(asEnrolled)
      await save(campaignId, { call_order: 'enrolled' })
      expect(await queue(campaignId)).toEqual(asEnrolled)
    })

    test('the tick goes on where a change had to stop', async () => {
      const { campaignId } = await createCampaign(account, { contacts: 12 })
      await db.sql`update public.campaigns set call_order = 'random' where id = ${campaignId}`
      await db.sql`update engine.campaigns set order_from = 6 where campaign_id = ${campaignId}`
      await db.sql`select private.tick()`
      const ordered = await db.sql<{ place: number, is_drawn: boolean }[]>`select e.position::int as place, q.position <> e.position as is_drawn
        from engine.dial_queue q join public.enrolments e on e.id = q.enrolment_id order by 1`
      expect(ordered.filter((row) => row.is_drawn).map(({ place }) => place)).toEqual([7, 8, 9, 10, 11, 12, 13])
      expect((await db.sql`select order_from from engine.campaigns where campaign_id = ${campaignId}`)[0]?.order_from).toBeNull()
    })
  })

  describe('to contacts that have an assistant of their own', () => {
    async function withOwn(content: Content = { uses_preferred_assistants: true }, own: Content = { name: 'Carl', voice_id: 'nico', instructions: 'Be Carl.', maximum_seconds: 900 }) {
      const carl = await createAssistant(account, own)
      const campaign = await startedCampaign(account, { contacts: [{ assistant_id: carl }], content, assistant: { maximum_seconds: 120 } })
      return { carl, ...campaign }
    }

    test('that one speaks, as it was published at the enrolment, with the campaign\'s words and within its minutes', async () => {
      const carl = await createAssistant(account, { name: 'Carl', voice_id: 'nico', instructions: 'Be Carl.', maximum_seconds: 900 })
      const { campaignId } = await createCampaign(account, { contacts: [{ assistant_id: carl }], assistant: { maximum_seconds: 120 },
        content: { uses_preferred_assistants: true, prompt: 'Spring.', voice_id: 'emma', qualification: [day] } })
      await republish(carl, { instructions: 'Newer.' })
      await run('start_campaign', campaignId)
      expect(await nextOrder()).toMatchObject({ maximum_seconds: 120,
        assistant: { name: 'Ava', voice_ref: 'Nico', instructions: 'Be Carl.\n\nSpring.', extraction: [day] } })
      await expectInvariants(db)
    })

    test('only where the campaign says so', async () => {
      await withOwn({})
      expect((await nextOrder()).assistant).toMatchObject({ name: 'Ava', instructions: 'Be kind.' })
    })

    test('not one that was archived meanwhile, and whoever has none hears the campaign\'s', async () => {
      const { carl } = await withOwn()
      await account.owner.rpc('archive_assistant', { assistant_id: carl })
      expect((await nextOrder()).assistant).toMatchObject({ name: 'Ava', instructions: 'Be kind.' })
    })

    test('the switch counts for whoever is in already', async () => {
      const carl = await createAssistant(account, { name: 'Carl', instructions: 'Be Carl.' })
      const { campaignId } = await createCampaign(account, { contacts: [{ assistant_id: carl }] })
      await save(campaignId, { uses_preferred_assistants: true })
      await run('start_campaign', campaignId)
      expect((await nextOrder()).assistant).toMatchObject({ name: 'Carl', instructions: 'Be Carl.' })
    })
  })
})
