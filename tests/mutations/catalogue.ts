/** Guards that Postgres itself knows of, read from its catalogue: whatever is added to the schema has its mutation. */
import type { Sql } from 'postgres'
import type { Mutation } from './mutation.ts'

type Reader = Pick<Sql, 'unsafe'>
interface Found { name: string, statement: string }

const OURS = `('public', 'engine', 'private')`
/** Of the local stack, not of the product: its one row says what time it is. */
const NOT_OURS = `'private.clock_offset'`

/** Where a check asks one question of every table, one of each schema stands for all. */
const ONE_FOR_ALL = `c.oid in ('public.calls'::regclass, 'engine.accounts'::regclass)`

/** `of` gives name and statement for every guard of a kind. */
const KINDS: { kind: string, hint: string, hints?: [part: string, hint: string][], of: string }[] = [
  { kind: 'constraint', hint: 'database/constraints', of: `
    select format('%s.%s', c.conrelid::regclass, c.conname) as name, format('alter table %s drop constraint %I cascade', c.conrelid::regclass, c.conname) as statement
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace
    where n.nspname in ${OURS} and c.contype in ('c', 'u', 'x') and c.conrelid::regclass::text <> ${NOT_OURS}` },
  { kind: 'unique index', hint: 'database/constraints', of: `
    select i.indexrelid::regclass::text as name, format('drop index %s', i.indexrelid::regclass) as statement
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ${OURS} and i.indisunique and not exists (select from pg_constraint k where k.conindid = i.indexrelid)` },
  { kind: 'reference', hint: 'database/catalogue > references', of: `
    select format('%s.%s', c.conrelid::regclass, c.conname) as name, format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as statement
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace where n.nspname in ${OURS} and c.contype = 'f' and c.conname !~ '_fkey$'` },
  { kind: 'trigger', hint: 'database/constraints', hints: [['consents_note', 'database/contactHistory > says whether'], ['touch', 'database/catalogue > touches'], ['count', 'database/commands'], ['note_change', 'database/constraints > notes each change'],
    ['judge', 'database/constraints > has everybody judged'], ['forget', 'database/callbacks > forgotten'], ['region', 'database/rules > region'], ['have_rules', 'database/accountRules'], ['audit_', 'database/audit > puts its triggers'], ['is_complete', 'database/audit'], ['is_chained', 'database/activityChain'], ['activity_links_are', 'database/activityChain > refuses']], of: `
    select format('%s.%s', t.tgrelid::regclass, t.tgname) as name, format('drop trigger %I on %s', t.tgname, t.tgrelid::regclass) as statement
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ${OURS} and not t.tgisinternal and (t.tgname not like 'audit\\_%' or c.oid in ('public.members'::regclass, 'engine.provider_lines'::regclass))` },
  { kind: 'row level security', hint: 'database/catalogue > has row level', of: `
    select c.oid::regclass::text as name, format('alter table %s disable row level security', c.oid::regclass) as statement
    from pg_class c where ${ONE_FOR_ALL}` },
  { kind: 'policy', hint: 'database/accessMatrix', hints: [['engine.', 'database/catalogue > lets nobody'], ['realtime.', 'database/broadcast'], ['storage.', 'database/accessMatrix > recordings']], of: `
    select format('%s.%s', c.oid::regclass, p.polname) as name, format('alter policy %I on %s using (true)', p.polname, c.oid::regclass) as statement
    from pg_policy p join pg_class c on c.oid = p.polrelid where pg_get_expr(p.polqual, p.polrelid) <> 'true'` },
  { kind: 'no writing', hint: 'database/catalogue > lets people write', hints: [['engine', 'database/catalogue > gives anonymous']], of: `
    select c.oid::regclass::text as name, format('grant insert, update, delete on %s to authenticated', c.oid::regclass) as statement
    from pg_class c where ${ONE_FOR_ALL}` },
  { kind: 'columns', hint: 'database/catalogue > keeps from browsers', of: `
    select c.oid::regclass::text as name, format('grant select on %s to authenticated', c.oid::regclass) as statement
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'
      and not has_table_privilege('authenticated', c.oid, 'select')` },
  { kind: 'not for people', hint: 'database/catalogue > gives the commands', of: `
    select p.oid::regprocedure::text as name, format('grant execute on function %s to authenticated', p.oid::regprocedure) as statement
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public'
      and has_function_privilege('service_role', p.oid, 'execute') and not has_function_privilege('authenticated', p.oid, 'execute')` },
]

export async function catalogueMutations(sql: Reader): Promise<Mutation[]> {
  const mutations: Mutation[] = []
  for (const { kind, hint, hints = [], of } of KINDS) {
    const found = await sql.unsafe(`${of} order by 1`) as unknown as Found[]
    mutations.push(...found.map(({ name, statement }) => ({ name: `${kind} ${name}`, hint: hints.find(([part]) => name.includes(part))?.[1] ?? hint, change: { statement } })))
  }
  return [...mutations, ...await permissionMutations(sql)]
}

const CHECK = /private\.(require_permission|require_membership|require_member|require_list_reader|require_campaign|lock_campaign|lock_enrolment)\(([\w.]+)(?:, ('[a-z_.]+'))?\)/
/** Asked twice on purpose, and refused by the other question whoever takes one of them away. */
const ASKED_TWICE = [
  'save_campaign: lock_campaign', // require_permission asked for the same right in the whole account
  'get_contact: require_membership', // the contact itself is looked for among those the person may see
  'contact_timeline: require_membership', // the same
]
/** What stands in place of a check that answers a row: the row, whoever asks. */
const ROWS: Record<string, string> = { require_campaign: 'campaigns', lock_campaign: 'campaigns', lock_enrolment: 'enrolments' }

/** Each command that asks for a right: once without asking, once content with a right that every member has. */
async function permissionMutations(sql: Reader): Promise<Mutation[]> {
  const functions = await sql.unsafe(`select p.proname as name, pg_get_functiondef(p.oid) as text from pg_proc p
    where p.pronamespace = 'private'::regnamespace and p.prosecdef order by 1`) as unknown as { name: string, text: string }[]
  return functions.flatMap(({ name, text }) => text.split('\n').flatMap((line) => {
    const [call, check = '', subject = '', permission] = CHECK.exec(line) ?? []
    if (call === undefined || ASKED_TWICE.includes(`${name}: ${check}`)) return []
    const table = ROWS[check]
    const without = line.includes('perform') ? line.replace(/perform .*;/, 'perform true;') : line.replace(call, `(select x from public.${table} x where x.id = ${subject})`)
    const edits: [string, string][] = [[`without ${permission ?? 'membership'} of ${check}`, without]]
    if (permission && !permission.endsWith(`.read'`)) edits.push([`${permission} of ${check} for every reader`, line.replace(permission, check === 'require_permission' ? `'account.read'` : `'campaigns.read'`)])
    return edits.map(([what, replace]) => ({ name: `${name}: ${what}`, hint: `database/rights > ${name} ${permission ? 'needs' : 'of another account'}`, change: { function: name, find: line, replace } }))
  }))
}
