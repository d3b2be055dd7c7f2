/** How long `npm start` takes until it says that it is ready: on an empty data folder, and again on the same one. */
import { rmSync } from 'node:fs'
import { anyPort } from '../../supabase/local/ports.ts'
import { endProcess } from '../../supabase/local/processes.ts'
import { newDataFolder, startStack } from '../support/startedStack.ts'
import { median, reported, type Figure, type Scale } from './measure.ts'

const ROUNDS = { smoke: 1, small: 1, full: 3 }

export async function measureStart(scale: Scale): Promise<Figure[]> {
  // The app is built by the first start after a change; that is not what is measured.
  await startTwice()
  const rounds: { first: number, second: number }[] = []
  for (let round = 0; round < ROUNDS[scale]; round++) rounds.push(await startTwice())
  return [
    reported('start with an empty data folder', median(rounds.map(({ first }) => first)), 's'),
    reported('second start', median(rounds.map(({ second }) => second)), 's'),
  ]
}

async function startTwice(): Promise<{ first: number, second: number }> {
  const folder = await newDataFolder()
  try {
    return { first: await secondsToReady(folder), second: await secondsToReady(folder) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function secondsToReady(folder: string): Promise<number> {
  const began = performance.now()
  const stack = await startStack(folder, await anyPort())
  const seconds = (performance.now() - began) / 1000
  await endProcess(stack.pid)
  return seconds
}
