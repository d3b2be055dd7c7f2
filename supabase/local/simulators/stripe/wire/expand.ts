/** `expand[]`: an id is replaced by what it names. */
import type { Books } from '../books.ts'
import { visible, type Thing } from '../things.ts'
import { invalid } from './refusal.ts'

const DEEPEST = 4

/** What of a thing can be expanded, and where that lies. */
const EXPANDABLE: Record<string, keyof Books> = {
  customer: 'customers', payment_intent: 'intents', setup_intent: 'setups', payment_method: 'methods', latest_charge: 'charges', charge: 'charges',
}

export function expanded(books: Books, thing: object, paths: string[]): Record<string, unknown> {
  const result = 'object' in thing && thing.object === 'list' ? { ...thing } as Record<string, unknown> : visible(thing as Thing)
  paths.forEach((path, place) => follow(books, result, path.split('.'), { path, param: `expand[${place}]` }))
  return result
}

interface Asked { path: string, param: string }

function follow(books: Books, target: Record<string, unknown>, [name = '', ...rest]: string[], asked: Asked): void {
  if (rest.length >= DEEPEST) throw invalid(`You cannot expand more than ${DEEPEST} levels of a property. Property: ${asked.path}`, asked.param)
  const list = target[name]
  if (target.object === 'list' && name === 'data' && Array.isArray(list)) {
    target.data = list.map((one: object) => {
      const copy = { ...one } as Record<string, unknown>
      follow(books, copy, rest, asked)
      return copy
    })
    return
  }
  if (name === 'line_items' && target.object === 'checkout.session') return void (target.line_items = books.sessions.find(String(target.id))?.hidden.lines)
  if (name === 'data' || !(name in target) || !(name in EXPANDABLE)) throw invalid(`This property cannot be expanded (${asked.path}).`, asked.param)
  const found = objectAt(books, target, name)
  if (!found) return
  target[name] = found
  if (rest.length > 0) follow(books, found, rest, asked)
}

function objectAt(books: Books, target: Record<string, unknown>, name: string): Record<string, unknown> | null {
  const known = target[name]
  if (typeof known === 'object') return known as Record<string, unknown> | null
  const shelf = EXPANDABLE[name]
  const thing = shelf && books[shelf].find(String(known))
  return thing ? visible(thing) : null
}
