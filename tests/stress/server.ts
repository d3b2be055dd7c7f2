/** A durable server of one's own at nine in the morning: it will be stopped the hard way, and what it has answered must still be there. */
import { beginInTheMorning, startCluster, TEMPLATE, type ClusterAddress } from '../support/cluster.ts'
import { takeAway } from './without.ts'

export interface StressServer extends ClusterAddress { stop(): Promise<void> }

/** without: the names of guards that its databases shall not have. */
export async function startStressServer({ without = [] }: { without?: readonly string[] } = {}): Promise<StressServer> {
  const { server, stop } = await startCluster({ isDurable: true })
  await beginInTheMorning(server.url(TEMPLATE, 'postgres'))
  await takeAway(server.url(TEMPLATE), without)
  return { port: server.port, password: server.password, stop }
}
