/** The little that the page needs of a framework. */

export function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The page has no element ${id}.`)
  return found
}

/** A part of a row, by its class; made empty when it is new. */
export function part(row: HTMLElement, name: string, tag = 'span'): HTMLElement {
  const known = row.querySelector<HTMLElement>(`.${name}`)
  if (known) return known
  const made = document.createElement(tag)
  made.className = name
  row.append(made)
  return made
}

/** Keeps the rows that are still wanted, so that neither focus nor what is typed is lost. */
export function keepRows<Item>(list: HTMLElement, items: Item[], keyOf: (item: Item) => string, fill: (row: HTMLElement, item: Item) => void): void {
  const rows = new Map([...list.children].map((row) => [(row as HTMLElement).dataset.key, row as HTMLElement]))
  items.forEach((item, place) => {
    const key = keyOf(item)
    const row = rows.get(key) ?? document.createElement('li')
    row.dataset.key = key
    rows.delete(key)
    fill(row, item)
    if (list.children[place] !== row) list.insertBefore(row, list.children[place] ?? null)
  })
  for (const row of rows.values()) row.remove()
}

/** Writes only what has changed, so that a screen reader is not told the same again. */
export function write(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text
}

/** Tells those who do not see the page change. */
export function say(text: string): void {
  write(element('said'), text)
}

export function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
