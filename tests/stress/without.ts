/** The database with some guards less: the run must notice. Those of tests/mutations by their names, and locks that only real sessions can miss. */
import postgres from 'postgres'
import { allMutations } from '../mutations/all.ts'
import { applyMutation, guards } from '../mutations/mutation.ts'

const LOCKS = guards('stress', [
  ['the account is locked', 'lock_account', 'where a.account_id = lock_account.account_id for update;', 'where a.account_id = lock_account.account_id;'],
  ['the account is locked', 'process_call_events', 'order by a.account_id for update skip locked', 'order by a.account_id'],
  ['the account is locked', 'record_outbox', 'perform private.lock_account(o.account_id)', 'perform true'],
  ['the account is locked', 'broadcast_changes', 'for update skip locked);', ');'],
  ['nobody who is in another call', 'denial_of', `WHEN (person).is_in_other_call THEN 'in_other_call'::text `, ''],
])

export async function takeAway(url: string, names: readonly string[]): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    const mutations = [...LOCKS, ...await allMutations(sql)]
    for (const name of names) {
      const mutation = mutations.find((one) => one.name === name)
      if (!mutation) throw new Error(`There is no guard "${name}"; npm run mutate -- --list names them.`)
      await applyMutation(sql, mutation)
    }
  } finally {
    await sql.end()
  }
}
