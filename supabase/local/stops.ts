/** What has been started is stopped in the opposite order, once, whatever ends this process. */
import { messageOf } from './processes.ts'

type Stop = () => Promise<void> | void

const LONGEST_STOP_MS = 28_000
const stops: Stop[] = []
let isStopping = false

export function onStop(stop: Stop): void {
  stops.unshift(stop)
}

/** Stops everything and ends the process. A second call (an impatient Ctrl-C) changes nothing. */
export async function stopWith(exitCode: number, failure?: string): Promise<void> {
  if (isStopping) return
  isStopping = true
  if (failure) process.stderr.write(`\n${failure}\n`)
  setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref()
  for (const stop of stops) {
    try {
      await stop()
    } catch (error) {
      process.stderr.write(`${messageOf(error)}\n`)
    }
  }
  process.exit(exitCode)
}

export function stopOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopWith(0))
  // Nothing here may fail unseen; ending in order is better than going on in an unknown state.
  process.on('uncaughtException', (error) => void stopWith(1, `Outdial stopped because of an error in the local stack: ${error.stack ?? error.message}`))
  process.on('unhandledRejection', (error) => void stopWith(1, `Outdial stopped because of an error in the local stack: ${error instanceof Error ? error.stack ?? error.message : String(error)}`))
}
