/** The life of a call: queued, ringing, in progress, ended, and the report some seconds later. */
import { breakOff, end, isPickedUp, move, type SimulatedCall, type Status } from './call.ts'
import type { Send } from './faults/fault.ts'
import { addressed, halfSpoken, report, spoken, statusUpdate } from './messages.ts'
import { Interrupted, type Pacer } from '../shared/pacer.ts'
import type { Postman } from './postman.ts'
import { useTool } from './tools.ts'

const QUEUED_SECONDS = 1
const HIDDEN_SECONDS = 3
/** The provider's models need 5 to 15 seconds after a conversation. */
const REPORT_AFTER = { least: 5, most: 15 }

export interface World {
  pacer: Pacer
  postman: Postman
  now: () => Date
  random: () => number
}

export async function live(call: SimulatedCall, world: World): Promise<void> {
  const { pacer, now, random } = world
  const say = sender(call, world)
  const enter = (status: Status) => {
    move(call, status, now())
    say(statusUpdate(call, status))
  }
  if (call.isHidden) pacer.wait(HIDDEN_SECONDS).then(() => void (call.isHidden = false), () => undefined)
  enter('queued')
  await pacer.wait(QUEUED_SECONDS)
  if (!call.script.neverRang) {
    enter('ringing')
    await pacer.wait(call.script.ringSeconds * (0.85 + 0.3 * random()))
  }
  if (isPickedUp(call)) {
    enter('in-progress')
    await talk(call, say, world)
  }
  end(call, now())
  say(statusUpdate(call, 'ended'))
  await pacer.wait(REPORT_AFTER.least + (REPORT_AFTER.most - REPORT_AFTER.least) * random())
  call.isReported = true
  call.updatedAt = now()
  say(report(call))
}

/** The faults of a call stand between it and the postman; the first that was asked for is nearest to the call. */
function sender(call: SimulatedCall, { postman, pacer, now }: World): Send {
  const post: Send = (message) => postman.post(call, message)
  const through = call.faults.reduceRight((send, fault) => fault.deliver?.({ call, send, pacer }) ?? send, post)
  return (message) => through(addressed(call, message, now()))
}

/** Each turn is told when it has been spoken, for those who watch a call. Who hangs up leaves what was said until then. */
async function talk(call: SimulatedCall, say: Send, world: World): Promise<void> {
  try {
    for (const turn of call.conversation.turns) {
      if (turn.act) await useTool(call, turn, world.postman, world.now())
      await passUntil(call, turn.startsAt, world.pacer)
      say({ type: 'speech-update', status: 'started', role: turn.role === 'assistant' ? 'assistant' : 'user' })
      await passUntil(call, turn.startsAt + turn.seconds / 2, world.pacer)
      say(halfSpoken(turn))
      await passUntil(call, turn.startsAt + turn.seconds, world.pacer)
      spoken(call, turn).forEach(say)
    }
    await passUntil(call, call.conversation.seconds, world.pacer)
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    call.heardSeconds += error.seconds
    breakOff(call)
  }
}

async function passUntil(call: SimulatedCall, seconds: number, pacer: Pacer): Promise<void> {
  await pacer.wait(seconds - call.heardSeconds, call.line.signal)
  call.heardSeconds = seconds
}
