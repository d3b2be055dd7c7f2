/** Hands a text to the person as a file of their own. */
export function downloadText(fileName: string, text: string, type = 'text/csv;charset=utf-8') {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = Object.assign(document.createElement('a'), { href: url, download: fileName })
  link.click()
  // Revoked later: some browsers start reading only after the click is over.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
