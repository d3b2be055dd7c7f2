/** A durable server of one's own at nine in the morning: it will be stopped the hard way, and what it has answered must still be there. */
import { beginInTheMorning, startCluster, TEMPLATE, type ClusterAddress } from '../support/cluster.ts'

export interface StressServer extends ClusterAddress { stop(): Promise<void> }

export async function startStressServer(): Promise<StressServer> {
  const { server, stop } = await startCluster({ isDurable: true })
  await beginInTheMorning(server.url(TEMPLATE, 'postgres'))
  return { port: server.port, password: server.password, stop }
}
