/** A program that ends with this process, however that ends, a kill -9 included. */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { ended } from './keepRunning.ts'

/** The shell waits for the program and for the end of descriptor 3, which closes with our process: then it asks for a fast end. */
const SUPERVISOR = 'stop=$1; shift; "$@" 3<&- & program=$!; (read -r _ <&3; kill -$stop $program) 2>/dev/null & watch=$!; '
  + 'wait $program; code=$?; kill $watch 2>/dev/null; exit $code'

/** Where its words go, and the signal that asks for its end; a shell keeps SIGINT from programs that do not listen to it. */
interface Manner { output: number | 'inherit', endsBy: 'INT' | 'TERM' }

/** In a group of its own, so that Ctrl-C in the terminal reaches this process alone, which stops things in order. */
export function spawnSupervised(command: string, args: string[], options: SpawnOptions & Manner): ChildProcess {
  const { output, endsBy, ...rest } = options
  return spawn('/bin/sh', ['-c', SUPERVISOR, 'sh', endsBy, command, ...args], { ...rest, detached: true, stdio: ['ignore', output, output, 'pipe'] })
}

export async function endSupervised(child: ChildProcess, withinMs: number): Promise<void> {
  (child.stdio[3] as { destroy(): void } | null)?.destroy()
  const impatience = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), withinMs)
  await ended(child)
  clearTimeout(impatience)
}
