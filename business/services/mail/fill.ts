/** What people and providers wrote ends up in subjects and lines: whatever could begin another one is taken out. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim()

/** null: something to fill in is not there. */
export function filled(text: string, known: Readonly<Record<string, string>>): string | null {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  if (names.some((name) => !Object.hasOwn(known, name))) return null
  return text.replace(/\{(\w+)\}/g, (_all, name: string) => known[name]!)
}
