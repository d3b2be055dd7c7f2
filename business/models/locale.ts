let names: Map<string, string> | undefined

/** The language tag that a file's cell names: de, pt_BR and English become de, pt-BR and en. Null: not known. */
export function localeNamed(written: string): string | null {
  const text = written.trim()
  return byName().get(text.toLowerCase()) ?? tagOf(text.replaceAll('_', '-'))
}

function tagOf(text: string): string | null {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(text)) return null
  try {
    const tag = Intl.getCanonicalLocales(text)[0] ?? null
    return tag && languages().of(tag.split('-')[0] ?? '') ? tag : null
  } catch {
    // The only way to ask whether a tag is well formed.
    return null
  }
}

const languages = () => new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

/** English names of the languages with two letters, and what they call themselves. */
function byName(): Map<string, string> {
  if (names) return names
  names = new Map()
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index))
  const [english, known] = [languages(), names]
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = english.of(code)
    if (!name) continue
    known.set(name.toLowerCase(), code)
    known.set((new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? name).toLowerCase(), code)
  }
  return names
}
