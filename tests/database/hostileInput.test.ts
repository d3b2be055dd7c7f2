/**
 * Whatever a member sends to a command of the API, the answer is a refusal in our words or one of Postgres about the value, never a
 * failure of ours: every command of the catalogue, every parameter, empty, huge, deep, of another shape. A new command is asked, too.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openFullAccount, type FullAccount } from '../factories/everything.ts'
import { createDatabase, type Session, type TestDatabase } from '../support/database.ts'

interface Parameter { name: string, type: string }
interface Command { name: string, parameters: Parameter[] }

/** What PostgREST answers with 5xx (its "HTTP Status Codes"), and what only a mistake in our SQL brings forth. */
const OUR_FAULT = /^(08|09|0Z|25|2D|38|39|3B|40|42(?!501)|53|54|55|57|58|F0|HV|XX|P0)/

const NOBODY = '00000000-0000-4000-8000-000000000000'
const MANY = 20_000
const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const many = (item: string) => Array.from({ length: MANY }, () => item)

/** Texts as Postgres reads them into a value of the type. */
const HOSTILE: Record<string, (string | null)[]> = {
  text: ['', ' ', 'x'.repeat(1_000_000), `'; drop table public.accounts; --`, '%_\\', '\u202e\u0007\ufeff😀', '(((((((((((', '-1', '{"a": 1}', null],
  uuid: [NOBODY, null],
  jsonb: ['null', '[]', '{}', '7', '"x"', 'true', deep(500), `{"a": ${deep(500)}}`, JSON.stringify(many('x')), JSON.stringify(many('{}')), `[${many('{}').join()}]`,
    JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`key ${at}`, at]))), '{"account_id": 7}', '{"account_id": "x", "contact_ids": "x", "tags": 7}', '[null, 1, "x", {}]', null],
  integer: ['0', '-1', '2147483647', '-2147483648', null],
  bigint: ['0', '-1', '9223372036854775807', null],
  smallint: ['0', '-1', '32767', null],
  boolean: ['true', 'false', null],
  'timestamp with time zone': ['epoch', '0001-01-01', '9999-12-31', 'infinity', '-infinity', null],
  'timestamp without time zone': ['0001-01-01', '9999-12-31', 'infinity', null],
  date: ['0001-01-01', '9999-12-31', 'infinity', null],
  'time without time zone': ['00:00', '24:00', null],
  'text[]': ['{}', '{NULL}', `{${many('x').join()}}`, `{"${'x'.repeat(100_000)}"}`, null],
  'uuid[]': ['{}', '{NULL}', `{${many(NOBODY).join()}}`, null],
  'integer[]': ['{}', '{NULL}', `{${many('2147483647').join()}}`, null],
}

describe('whatever is sent', () => {
  let db: TestDatabase
  let account: FullAccount
  let owner: Session
  const commands: Command[] = []
  beforeAll(async () => {
    db = await createDatabase()
    account = await openFullAccount(db)
    owner = await db.session({ userId: account.userId })
    const rows = await db.sql`select p.proname as name, coalesce((select json_agg(json_build_object('name', a.name, 'type', format_type(a.type, null)) order by a.position)
        from unnest(p.proargnames, p.proargtypes::oid[]) with ordinality a(name, type, position) where a.type is not null), '[]') as parameters
      from pg_proc p where p.pronamespace = 'public'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute') order by 1`
    commands.push(...rows as unknown as Command[])
  })
  afterAll(async () => {
    await owner.close()
    await db.drop()
  })

  /** What the parameter is meant to be, so that the command comes as far as it can. */
  function meant({ name, type }: Parameter): string | null {
    if (name === 'contact_ids') return `{${account.contactIds.join()}}`
    const { accountId, campaignId, assistantId, callId, importId, userId } = account
    const ids: Record<string, string | undefined> = { account_id: accountId, campaign_id: campaignId, assistant_id: assistantId, call_id: callId,
      import_id: importId, user_id: userId, contact_id: account.contactIds[0] }
    if (ids[name]) return ids[name]
    if (type === 'jsonb') return name === 'rows' ? '[]' : JSON.stringify({ account_id: account.accountId })
    return type === 'text' ? 'x' : null
  }

  /** What comes back, in a transaction that is thrown away: a code, or null for an answer. */
  async function codeOf({ name, parameters }: Command, values: (string | null)[]): Promise<string | null> {
    const args = parameters.map(({ name: parameter, type }, at) => `"${parameter}" => $${at + 1}::text::${type}`)
    await owner.begin()
    try {
      await owner.query(`set local statement_timeout = '8s'`)
      await owner.query(`select public."${name}"(${args.join(', ')})`, values)
      return null
    } catch (error) {
      return (error as { code: string }).code
    } finally {
      await owner.query('rollback')
    }
  }

  test('to whichever command, it is answered or refused, and never our fault', async () => {
    const attempts = commands.flatMap((command) => command.parameters.flatMap(({ name, type }, at) =>
      (HOSTILE[type] ?? ['', null]).map((value) => ({ command, name, value, values: command.parameters.map((each, other) => (other === at ? value : meant(each))) }))))
    const [faults, inTheirWords]: [string[], string[]] = [[], []]
    for (const { command, name, value, values } of attempts) {
      const code = await codeOf(command, values)
      if (code !== null && OUR_FAULT.test(code)) faults.push(`${command.name}(${name} => ${String(value).slice(0, 40)}): ${code}`)
      // A constraint that stops somebody's input speaks of columns, and says nobody what to do.
      if (code?.startsWith('23')) inTheirWords.push(`${command.name}(${name} => ${String(value).slice(0, 40)}): ${code}`)
    }
    expect(faults).toEqual([])
    expect(inTheirWords).toEqual([])
  })

  test('knows what is hostile of every type that a command takes', () => {
    const types = new Set(commands.flatMap(({ parameters }) => parameters.map(({ type }) => type)))
    expect([...types].filter((type) => !HOSTILE[type] && !type.startsWith('public.') && type.includes(' ') === false && /^(text|uuid|json|int|bool)/.test(type))).toEqual([])
  })
})
