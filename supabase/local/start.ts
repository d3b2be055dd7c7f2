/** `npm start`: the whole product on this machine, carrier and mail simulated. Prints one address. */
import { describeProblem } from './problems.ts'
import { runStack } from './runStack.ts'
import { readSettings } from './settings.ts'
import { stopOnSignals, stopWith } from './stops.ts'

stopOnSignals()
Promise.resolve(process.argv.slice(2)).then(readSettings).then(runStack).catch((error: unknown) => stopWith(1, `Outdial could not start: ${describeProblem(error)}`))
