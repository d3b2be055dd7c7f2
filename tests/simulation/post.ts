/** The carrier's messages on their way: it repeats what is not answered with 200, five times, waiting longer each time. */
import { createReceiver, type World } from './processes.ts'

export function createPost(world: () => World): (body: object) => void {
  let receive: ReturnType<typeof createReceiver> | null = null
  return (body) => {
    const { agenda, random, faults } = world()
    receive ??= createReceiver(world())
    const take = receive
    const deliver = async (tries: number): Promise<void> => {
      if (!(await take(body)) && tries < 5) agenda.after(2_000 * 2 ** tries, () => void deliver(tries + 1))
    }
    const fault = faults.ofMessage()
    if (fault === 'lost') return
    agenda.after(fault === 'late' ? random.integer(5_000, 900_000) : random.integer(20, 1_500), () => void deliver(0))
    if (fault === 'twice') agenda.after(random.integer(500, 60_000), () => void deliver(0))
    if (fault === 'twice at once') agenda.after(random.integer(20, 100), () => void deliver(0))
  }
}
