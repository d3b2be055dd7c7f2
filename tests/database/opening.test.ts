/** What a dial order tells the adapter to say at the start, from the rules of the called region and the assistant's own words. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { claim } from '../factories/call.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

interface Order { disclosures: Record<string, string>, record_calls: boolean, local_time: string, account_name: string }

describe('the start of a call', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    await db.sql`insert into public.rule_packs (id, name, regions) values ('here', 'Here', '{XX}')`
    const rules: [kind: string, value: Record<string, string>][] = [['ai_disclosure', { en: 'I am an AI.', de: 'Ich bin eine KI.' }],
      ['opt_out_sentence', { en: 'Say stop.', de: 'Sagen Sie Stopp.' }], ['identification', {}]]
    for (const [kind, value] of rules) await addRule(kind, value, 'here')
    await db.sql`insert into public.rule_packs (id, name, regions) values ('silent', 'Silent', '{XY}')`
    await addRule('recording', { consent: 'forbidden' }, 'silent')
  })
  beforeEach(async () => {
    account = await openAccount(db)
  })
  afterAll(() => db.drop())

  const addRule = (kind: string, value: Record<string, string>, pack: string) => db.sql`insert into public.rules (id, pack_id, kind, value, citation, effective_from, is_verified, is_on)
    values (${`${pack}-${kind}`}, ${pack}, ${kind}::public.rule_kind, ${db.sql.json(value)}, 'A law', '2020-01-01', true, true)`

  async function orderFor(region: string, assistant: Record<string, unknown> = {}): Promise<Order> {
    const phone = newPhone()
    await startedCampaign(account, { contacts: [{ phone }], assistant })
    const [claimed] = await claim(db, 1)
    await db.sql`update public.contacts set region = ${region}, region_is_stated = true where phone = ${phone}`
    await db.sql`update public.calls set dial_at = private.now() where id = ${claimed!.call_id}`
    const [row] = await db.sql<{ dial_order: Order }[]>`select private.dial_order(${claimed!.call_id})`
    return row!.dial_order
  }

  test('has what the region\'s rules demand, in the assistant\'s language', async () => {
    const { disclosures, account_name: name } = await orderFor('XX', { language: 'de-AT' })
    expect(disclosures).toEqual({ caller: `Hier ist ${name}.`, ai: 'Ich bin eine KI.', recording: 'Dieses Gespräch wird aufgezeichnet.', opt_out: 'Sagen Sie Stopp.' })
  })

  test('prefers the assistant\'s own way to opt out', async () => {
    expect((await orderFor('XX', { opt_out_sentence: 'Tell me to stop, {name}.' })).disclosures.opt_out).toBe('Tell me to stop, {name}.')
  })

  test('has nothing but the notice of recording where nothing is demanded, and not even that where nothing is recorded', async () => {
    expect((await orderFor('ZZ')).disclosures).toEqual({ caller: '', ai: '', recording: 'This call is recorded.', opt_out: '' })
    expect((await orderFor('ZZ', { record_calls: false })).disclosures.recording).toBe('')
  })

  test('does not record where the rules forbid it', async () => {
    expect(await orderFor('XY')).toMatchObject({ record_calls: false, disclosures: { recording: '' } })
    expect(await orderFor('XX')).toMatchObject({ record_calls: true })
  })

  test('knows what time it is where the person is', async () => {
    expect((await orderFor('ZZ')).local_time).toMatch(/^\w+day, \d+ \w+ \d{4}, 09:\d\d$/)
  })
})
