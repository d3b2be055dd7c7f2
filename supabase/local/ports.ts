/** Ports: the first wanted one that is free, else any free one. */
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

const FIRST = 20_000
const FOR_CONNECTIONS = 32_768

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

/**
 * A port that nobody listens on. Until it is used somebody may take it, most of all a connection for its own end: systems give
 * those from FOR_CONNECTIONS upwards, so that below it only another server could come first.
 */
export async function anyPort(): Promise<number> {
  const port = randomInt(FIRST, FOR_CONNECTIONS)
  return await isFree(port) ? port : anyPort()
}

export async function firstFree(wanted: (number | undefined)[]): Promise<number> {
  for (const port of wanted) {
    if (port !== undefined && await isFree(port)) return port
  }
  return anyPort()
}
