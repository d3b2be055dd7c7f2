/** One guard less: what is changed in a copy of the finished database, and where it is most likely noticed. */
import type { Sql } from 'postgres'

export interface Mutation {
  name: string
  /** Who is asked first while no catcher is recorded: tests/<file>.test.ts, and part of a test's name after ' > ' if one wants. */
  hint: string
  change: Statement | Edit
}

/** A guard of the catalogue, taken away by one statement. */
interface Statement { statement: string }

/** A guard in the text of a function of `private`, as Postgres gives it back. */
export interface Edit { function: string, find: string, replace: string }

/** The same as Mutation, short to write down: lists are made of these. */
export type Guard = [name: string, fn: string, find: string, replace: string]

export function guards(hint: string, list: Guard[]): Mutation[] {
  return list.map(([name, fn, find, replace]) => ({ name: `${fn}: ${name}`, hint, change: { function: fn, find, replace } }))
}

/** What takes the guard away. Throws when it is not where the list says: whoever moves a guard moves its mutation with it. */
export function statementOf({ name, change }: Mutation, textOf: (name: string) => string): string {
  if ('statement' in change) return change.statement
  const text = textOf(change.function)
  const places = text.split(change.find).length - 1
  if (places !== 1) throw new Error(`"${name}" is found ${places} times in private.${change.function}, not once: ${change.find}`)
  return text.replace(change.find, () => change.replace)
}

/** Answers how to undo it; null when only a new copy of the database does. */
export async function applyMutation(sql: Pick<Sql, 'unsafe'>, mutation: Mutation): Promise<string | null> {
  const { change } = mutation
  const [found] = 'function' in change ? await sql.unsafe(`select pg_get_functiondef('private.${change.function}'::regproc) as text`) : []
  const text = (found?.text ?? null) as string | null
  await sql.unsafe(statementOf(mutation, () => text ?? ''))
  return text
}
