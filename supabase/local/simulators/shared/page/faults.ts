/** The faults by group: a sentence, how often, and a switch. */
import type { ControlFault, ControlFaultGroup } from '../controlFaults.ts'
import type { Order } from './control.ts'
import { element, keepRows, part, write } from './dom.ts'

/** On a phone one opens the group one wants. */
const WIDE = '(min-width: 900px)'

export function showFaults(groups: ControlFaultGroup[], order: Order): void {
  const armed = groups.flatMap(({ faults }) => faults).filter(({ left }) => left > 0).length
  write(element('armed'), armed > 0 ? `${armed} on` : 'all off')
  const allOff = element('all-off') as HTMLButtonElement
  allOff.disabled = armed === 0
  for (const { title, faults } of groups) keepRows(listOf(title), faults, ({ name }) => name, (row, fault) => fill(row, fault, order))
}

function listOf(title: string): HTMLElement {
  const id = `faults-${title.toLowerCase().replaceAll(' ', '-')}`
  const known = document.getElementById(id)
  if (known) return known
  const heading = Object.assign(document.createElement('h3'), { id: `${id}-title`, textContent: title })
  const list = Object.assign(document.createElement('ul'), { id })
  list.setAttribute('aria-labelledby', heading.id)
  const group = Object.assign(document.createElement('details'), { open: matchMedia(WIDE).matches })
  const summary = document.createElement('summary')
  summary.append(heading)
  group.append(summary, list)
  element('faults').append(group)
  return list
}

function fill(row: HTMLElement, fault: ControlFault, order: Order): void {
  row.className = 'fault'
  row.dataset.armed = fault.left > 0 ? 'yes' : 'no'
  const what = part(row, 'what', 'div')
  write(part(what, 'sentence', 'div'), fault.description)
  write(part(what, 'name', 'code'), fault.name)
  write(part(what, 'left'), fault.left > 0 ? ` · ${fault.left} to come` : '')
  write(part(what, 'happened', 'small'), fault.happened > 0 ? ` · happened ${fault.happened === 1 ? 'once' : `${fault.happened} times`}` : '')
  showSwitch(row, fault, order)
}

/** Made anew only when it turns from on to off, and then the new one takes over the focus. */
function showSwitch(row: HTMLElement, { name, description, left }: ControlFault, order: Order): void {
  const known = row.querySelector('form')
  const wanted = left > 0 ? 'off' : 'on'
  if (known?.dataset.turns === wanted) return
  const hadFocus = known?.contains(document.activeElement) ?? false
  const form = document.createElement('form')
  form.dataset.turns = wanted
  const count = Object.assign(document.createElement('input'), { type: 'number', min: '1', max: '1000', value: '1', required: true })
  count.setAttribute('aria-label', `How often: ${description}`)
  const button = Object.assign(document.createElement('button'), { textContent: left > 0 ? 'Switch off' : 'Switch on' })
  button.setAttribute('aria-label', `${button.textContent}: ${description}`)
  form.append(...(left > 0 ? [button] : [count, button]))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const times = left > 0 ? 0 : count.valueAsNumber
    void order('POST', 'faults', { name, times }, times > 0 ? `On, ${times} to come: ${description}` : `Off: ${description}`)
  })
  known?.remove()
  row.append(form)
  if (hadFocus) button.focus()
}
