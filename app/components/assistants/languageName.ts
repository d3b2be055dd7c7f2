const names = new Intl.DisplayNames(['en'], { type: 'language' })

/** "en" → "English". A tag nobody knows stays as it is. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag
  } catch {
    // of() throws for text that is no language tag at all.
    return tag
  }
}
