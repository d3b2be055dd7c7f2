import { forecastOutcomes, type ForecastFacts, type Rehearsal, type RehearsalFrame as Frame } from '../../../models/forecast.ts'
import { playCampaign } from './playCampaign.ts'

/** So many pictures are smooth to look at and small to keep. */
const mostFrames = 1_500
const shortestStep = 15

type Mark = [at: number, change: 1 | -1, outcome: number, billed: number, isDone: boolean]

/** Plays one run and answers pictures of it, the same time apart; hours in which nothing happens are one picture each. */
export function rehearseCampaign(facts: ForecastFacts, seed: number): Rehearsal {
  const marks: Mark[] = []
  const played = playCampaign(facts, seed, {
    dialled: (at) => void marks.push([at, 1, 0, 0, false]),
    ended: (at, outcome, billed, isDone) => void marks.push([at, -1, outcome, billed, isDone]),
  })
  marks.sort(([one], [other]) => one - other)
  const begins_at = Date.parse(facts.begins_at) / 1000
  const people = facts.queue.reduce((sum, group) => sum + group.people, 0)
  return { people, begins_at, end: played.end, ends_at: Math.max(begins_at, marks.at(-1)?.[0] ?? begins_at), frames: framesOf(marks, begins_at) }
}

function framesOf(marks: readonly Mark[], begin: number): Frame[] {
  const step = Math.max(shortestStep, Math.ceil(busyHours(marks) * 3600 / mostFrames / shortestStep) * shortestStep)
  const now: Frame = { at: begin, calls_at_once: 0, dials: 0, done: 0, seconds: 0, outcomes: forecastOutcomes.map(() => 0) }
  const frames: Frame[] = [{ ...now, outcomes: [...now.outcomes] }]
  const show = (at: number) => frames.push({ ...now, at, outcomes: [...now.outcomes] })
  const nextAt = () => frames.at(-1)!.at + (now.calls_at_once > 0 ? step : Math.max(step, 3600 - frames.at(-1)!.at % 3600))
  for (const mark of marks) {
    for (let next = nextAt(); next <= mark[0]; next = nextAt()) show(next)
    const wasQuiet = now.calls_at_once === 0 && frames.at(-1)!.at + step <= mark[0]
    apply(now, mark)
    // While nobody is called an hour passes from one picture to the next, up to the next call.
    if (wasQuiet) show(mark[0])
  }
  if (marks.length > 0) show(Math.ceil(marks.at(-1)![0]))
  return frames
}

function busyHours(marks: readonly Mark[]): number {
  return new Set(marks.map(([at]) => Math.floor(at / 3600))).size
}

function apply(frame: Frame, [, change, outcome, billed, isDone]: Mark): void {
  frame.calls_at_once += change
  if (change === 1) frame.dials++
  else frame.outcomes[outcome]!++
  frame.seconds += billed
  if (isDone) frame.done++
}
