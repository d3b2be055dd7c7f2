/**
 * What the engine promises, as figures: worlds of the simulation and a round of the stress on real sessions, run as their own
 * commands run them. Both judge themselves (their READMEs); here is counted what they found.
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../../supabase/local/paths.ts'
import { atMost, count, gate, reported, type Figure, type Scale } from './measure.ts'

const SIZES = { smoke: { seeds: 1, hours: 6, calls: 100 }, small: { seeds: 4, hours: 24, calls: 1_000 }, full: { seeds: 200, hours: 48, calls: 100_000 } }
/** The gate speaks of a million simulated calls; fewer are no proof of it. */
const MILLION = 1_000_000

interface Run { violations: number, text: string }

export async function measureProof(scale: Scale): Promise<Figure[]> {
  const { seeds, hours, calls } = SIZES[scale]
  const simulated = await run('tests/simulation/run.ts', ['--seeds', String(seeds), '--hours', String(hours)])
  const [dials, speed] = [numberIn(simulated, /(\d+) dials, \d+ virtual days/), numberIn(simulated, /virtual ÷ wall\D*(\d+)/)]
  const raced = await run('tests/stress/run.ts', ['--calls', String(calls), '--seed', '1'])
  const placed = numberIn(raced, /rounds, (\d+)/)
  return [
    { ...gate('R13', reported(`virtual time ÷ wall time of ${count(seeds)} simulated worlds`, speed, '×')), target: 'aim ≥ 1000', met: speed >= 1000 },
    gate('R14', judged(`violations in ${count(dials)} simulated calls`, simulated.violations, dials >= MILLION)),
    gate('R16', judged(`double dials, seconds billed twice or never, and other broken promises in ${count(placed)} calls on racing sessions`, raced.violations, true)),
  ]
}

/** A violation is one in however few calls; their absence counts only in enough. */
function judged(name: string, violations: number, isEnough: boolean): Figure {
  const figure = atMost(reported(name, violations, ''), 0)
  return isEnough || violations > 0 ? figure : { ...figure, met: null }
}

/** A run that finds something ends with 1 and says it below the seed, indented; one that breaks says nothing that could be counted. */
function run(script: string, args: string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [join(ROOT, script), ...args], { cwd: ROOT, maxBuffer: 100_000_000 }, (error, stdout, stderr) => {
      // What follows is a list of what was met, indented, too.
      const [worlds = ''] = stdout.split(/^met:/m)
      const violations = [...worlds.matchAll(/^ {4}(?!again:)\S.*$/gm)].length
      if (error && violations === 0) reject(new Error(`${script} ended without a result: ${stderr.slice(-500)}${stdout.slice(-500)}`))
      else resolve({ violations, text: stdout })
    })
  })
}

function numberIn({ text }: Run, pattern: RegExp): number {
  const [, digits] = pattern.exec(text) ?? []
  if (digits === undefined) throw new Error(`nothing in the output is like ${String(pattern)}`)
  return Number(digits)
}
