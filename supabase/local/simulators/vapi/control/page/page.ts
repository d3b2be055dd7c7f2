/** The carrier: who is called now, what goes wrong, how late it is. */
import { watchSimulator } from '../../../shared/page/control.ts'
import { element } from '../../../shared/page/dom.ts'
import { showFaults } from '../../../shared/page/faults.ts'
import type { ControlState } from '../state.ts'
import { showCalls } from './calls.ts'
import { showClock } from './clock.ts'

function showNumbers({ numbers }: ControlState): void {
  if (element('numbers').childElementCount > 0) return
  element('numbers').replaceChildren(...numbers.map(({ ending, script }) => {
    const row = document.createElement('div')
    row.append(Object.assign(document.createElement('dt'), { textContent: `…${ending}` }), Object.assign(document.createElement('dd'), { textContent: script }))
    return row
  }))
}

showClock()
watchSimulator<ControlState>({
  path: '/carrier',
  name: 'The carrier',
  show(state, order) {
    showCalls(state, order)
    showFaults(state.faults, order)
    showNumbers(state)
  },
  saidOfSpeed: (speed) => speed === 1 ? 'Calls run in real time.' : `Waiting runs ${speed} times as fast.`,
})
