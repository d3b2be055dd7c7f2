/** The placeholder that is being typed where the cursor stands. */
export interface TypedPlaceholder {
  /** Where its brace is. */
  start: number
  /** What was typed of its name. */
  word: string
}

/**
 * The placeholder under the cursor, from its brace up to there. Null outside of one: after its end, in its default, or where the
 * brace is doubled, which is another system's.
 */
export function typedPlaceholder(text: string, cursor: number): TypedPlaceholder | null {
  const match = /(?:^|[^{])\{([^{}|"\n]{0,40})$/s.exec(text.slice(0, cursor))
  if (!match) return null
  const [, word = ''] = match
  return { start: cursor - word.length - 1, word }
}

/** The names that fit what was typed: first those that begin with it, then those that contain it. */
export function fittingNames(names: readonly string[], word: string): string[] {
  const wanted = word.trim().toLowerCase()
  const places = names.map((name) => ({ name, place: name.toLowerCase().indexOf(wanted) })).filter(({ place }) => place >= 0)
  return places.sort((a, b) => Number(a.place > 0) - Number(b.place > 0)).map(({ name }) => name)
}

export interface TextWithCursor {
  text: string
  cursor: number
}

/** Puts the whole placeholder in the place of what was typed of it; a closing brace that stands there already is used. */
export function completePlaceholder(text: string, { start }: TypedPlaceholder, cursor: number, name: string): TextWithCursor {
  const rest = text.slice(cursor).replace(/^\}/, '')
  const whole = `{${name}}`
  return { text: text.slice(0, start) + whole + rest, cursor: start + whole.length }
}
