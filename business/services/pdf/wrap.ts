/** Lines that are no wider than they may be: broken at blanks, and a word that is too wide by itself is cut. */
export function wrapped(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (widthOf(longer) <= width) lines.splice(-1, 1, longer)
    else lines.push(...cut(word, width, widthOf))
  }
  return lines.length > 0 ? lines : ['']
}

function cut(word: string, width: number, widthOf: (text: string) => number): string[] {
  const parts: string[] = []
  for (const letter of word) {
    const longer = `${parts.at(-1) ?? ''}${letter}`
    if (parts.length > 0 && widthOf(longer) <= width) parts.splice(-1, 1, longer)
    else parts.push(letter)
  }
  return parts
}
