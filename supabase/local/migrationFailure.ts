/** Why a migration was refused, as a person reads it: file, line, and the database's own sentence. */

/** What `supabase db push` wrote, and how to read a migration; text that is no refusal comes back as it is. */
export function describeFailure(output: string, read: (file: string) => string): string {
  const file = [...output.matchAll(/^Applying migration (\S+?)\.{3}$/gm)].at(-1)?.[1]
  const [, reason, rest = ''] = /^ERROR: (.*)\n([\s\S]*)/m.exec(output) ?? []
  if (!file || !reason) return output.trim()
  const statement = /^At statement: \d+\n([\s\S]*?)(?:\nTry rerunning|$(?![\s\S]))/m.exec(rest)?.[1]
  const line = statement === undefined ? null : lineOf(statement.trimEnd(), read(file))
  return `supabase/migrations/${file}${line === null ? '' : `:${line}`}: ${reason}`
}

/** The command prints the statement, up to a line with "^" below the word at fault when the database named one. */
function lineOf(statement: string, migration: string): number | null {
  const lines = statement.split('\n')
  const hasCaret = /^\s*\^$/.test(lines.at(-1) ?? '')
  const shown = hasCaret ? lines.slice(0, -1) : lines
  const at = migration.indexOf(shown.join('\n'))
  if (at < 0) return null
  const code = shown.findIndex((line) => line.trim() !== '' && !line.trimStart().startsWith('--'))
  return lineAt(migration, at) + (hasCaret ? shown.length - 1 : Math.max(code, 0))
}

export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
