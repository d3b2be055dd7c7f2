/** Between a claim and its dial somebody says no: every way in which a call that is reserved may lose its right to ring. */
import type { Company } from './company.ts'
import type { World } from './processes.ts'
import { ignoreRefusal } from './refused.ts'
import { zones } from './places.ts'

interface Reserved { account_id: string, campaign_id: string, contact_id: string, phone: string, name: string, time_zone: string }

type Forbidding = (world: World, company: Company, call: Reserved) => unknown

const hourMs = 3_600_000
const contactOf = ({ phone, name, time_zone }: Reserved) => ({ phone, name, time_zone })
const saveContact = ({ accountId, owner }: Company, call: Reserved, content: object) =>
  owner.rpc('save_contact', { account_id: accountId, contact_id: call.contact_id, content: { ...contactOf(call), ...content } })

const ways: Readonly<Record<string, Forbidding>> = {
  'pause its campaign': (_world, { owner }, { campaign_id }) => owner.rpc('pause_campaign', { campaign_id }),
  'close its calling times': ({ random }, { accountId, owner }, { campaign_id }) => owner.rpc('save_campaign', { account_id: accountId, campaign_id,
    content: { windows: [{ weekday: random.integer(1, 7), opens_at: '10:00', closes_at: '11:00' }] } }),
  'opt out its number': (_world, { accountId, owner }, { phone }) => owner.rpc('opt_out_number', { account_id: accountId, phone, source: 'hand', reason: 'asked' }),
  'withdraw its consents': async ({ database }, { owner }, { contact_id }) => {
    const consents = await database.query<{ id: string }>('select id from public.consents where contact_id = $1 and revoked_at is null order by id', [contact_id])
    for (const { id } of consents) await owner.rpc('revoke_consent', { consent_id: id, reason: 'asked' })
  },
  'move its contact': ({ random }, company, call) => saveContact(company, call, { time_zone: random.pick(zones) }),
  'wish other hours': ({ random }, company, call) => saveContact(company, call, { wish: { from: '12:00', until: '12:30', days: random.pick([[1, 3, 5], [2, 4, 6]]) } }),
  'enrol its contact elsewhere': (_world, { campaignIds, owner }, { contact_id }) =>
    Promise.all(campaignIds.map((campaign_id) => owner.rpc('enrol_contacts', { campaign_id, contact_ids: [contact_id] }).catch(ignoreRefusal))),
  'switch dialling off': ({ agenda, random, setDialling }) => {
    agenda.after(random.integer(2_000, 120_000), () => setDialling(true))
    return setDialling(false)
  },
  'the clock passes the hour': ({ database }) => {
    const left = hourMs - database.now() % hourMs
    if (left < 28_000) database.jump(left)
  },
}

export const forbiddings: readonly string[] = Object.keys(ways).map((name) => `reserved: ${name}`)

/** Does one of them to a call that is reserved, if there still is one. */
export async function forbidOne(world: World, companies: readonly Company[]): Promise<void> {
  const { database, faults, random } = world
  const calls = await database.query<Reserved>(`select c.account_id, c.campaign_id, c.contact_id, c.phone, p.name, p.time_zone from public.calls c
    join public.contacts p on p.id = c.contact_id where c.state = 'reserved' order by c.id`)
  if (calls.length === 0) return
  const call = random.pick(calls)
  const isNearTheHour = database.now() % hourMs > hourMs - 28_000
  const name = isNearTheHour ? 'the clock passes the hour' : random.pick(Object.keys(ways).slice(0, -1))
  faults.met(`reserved: ${name}`)
  await Promise.resolve(ways[name]!(world, companies.find(({ accountId }) => accountId === call.account_id)!, call)).catch(ignoreRefusal)
}
