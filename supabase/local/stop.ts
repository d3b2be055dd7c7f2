/** `npm run stop`: ends the instance of this data folder and waits until it is gone. */
import { endInstance } from './endInstance.ts'
import { dataDir } from './paths.ts'

const wasRunning = await endInstance(dataDir())
process.stdout.write(wasRunning ? 'Outdial has stopped; your data stays.\n' : 'Outdial was not running.\n')
