/** The life of a call: queued, ringing, in progress, ended, and the report some seconds later. */
import { end, isPickedUp, move, type SimulatedCall, type Status } from './call.ts'
import type { Turn } from './conversation.ts'
import type { Send } from './faults/fault.ts'
import { addressed, report, spoken, statusUpdate } from './messages.ts'
import type { Pacer } from './pacer.ts'
import type { Postman } from './postman.ts'
import { useOptOutTool } from './tools.ts'

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

/** Each turn is told when it has been spoken, for those who watch a call. */
async function talk(call: SimulatedCall, say: Send, world: World): Promise<void> {
  let at = 0
  for (const turn of call.conversation.turns) {
    await begin(call, turn, at, say, world)
    await world.pacer.wait(turn.seconds)
    at = turn.startsAt + turn.seconds
    spoken(call, turn).forEach(say)
  }
  await world.pacer.wait(call.conversation.seconds - at)
}

async function begin(call: SimulatedCall, turn: Turn, at: number, say: Send, { pacer, postman, now }: World): Promise<void> {
  if (turn.act === 'opt_out') await useOptOutTool(call, turn, postman, now())
  await pacer.wait(turn.startsAt - at)
  say({ type: 'speech-update', status: 'started', role: turn.role === 'assistant' ? 'assistant' : 'user' })
}
