/** Hands a text to the person as a file of their own. */
export function downloadText(fileName: string, text: string, type = 'text/csv;charset=utf-8') {
  downloadFile({ name: fileName, content: text, type })
}

export interface NamedFile { name: string, content: BlobPart, type: string }

/** Written to the person's disk already. */
export interface SavedFile { name: string, content: null }

export function downloadFile({ name, content, type }: NamedFile) {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  // Revoked later: some browsers start reading only after the click is over.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
