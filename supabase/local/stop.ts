/** `npm run stop`: ends the instance of this data folder and waits until it is gone. */
import { dataDir } from './paths.ts'
import { endProcess } from './processes.ts'
import { removeStackFile, runningStack } from './stackFile.ts'

const folder = dataDir()
const running = runningStack(folder)
if (running) await endProcess(running.pid)
removeStackFile(folder)
process.stdout.write(running ? 'Outdial has stopped; your data stays.\n' : 'Outdial was not running.\n')
