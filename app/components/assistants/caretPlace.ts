/** What decides where a text area breaks its lines. */
const shared = ['font', 'letterSpacing', 'lineHeight', 'padding', 'borderWidth', 'boxSizing', 'textIndent', 'tabSize', 'direction'] as const

/** Room for the list that opens there. */
const listWidth = 224

/** Below which point of a text area a character stands. The browser tells nobody, so a copy of the text is measured. */
export function caretPlace(area: HTMLTextAreaElement, index: number): { top: number, left: number } {
  const style = getComputedStyle(area)
  const copy = document.createElement('div')
  for (const property of shared) copy.style[property] = style[property]
  Object.assign(copy.style, { position: 'absolute', visibility: 'hidden', whiteSpace: 'pre-wrap', overflowWrap: 'break-word', width: `${area.clientWidth}px` })
  const mark = document.createElement('span')
  mark.textContent = '{'
  copy.append(area.value.slice(0, index), mark)
  area.after(copy)
  const { offsetTop, offsetLeft, offsetHeight } = mark
  copy.remove()
  const left = Math.max(0, Math.min(offsetLeft, area.clientWidth - listWidth))
  return { top: Math.min(offsetTop + offsetHeight + 4 - area.scrollTop, area.offsetHeight), left }
}
