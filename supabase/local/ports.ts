/** Ports: the first wanted one that is free, else any free one that nobody else is about to use. */
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

const FIRST = 20_000
/** Systems give the ports from here upwards to connections for their own end. */
const FOR_CONNECTIONS = 32_768
const IN_A_BLOCK = 8

/** The returned function ends the listening; null: somebody listens there. */
function listenOn(port: number): Promise<(() => Promise<void>) | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy()).unref()
    server.once('error', () => resolve(null))
    server.listen(port, '127.0.0.1', () => resolve(() => new Promise((done) => server.close(() => done()))))
  })
}

async function isFree(port: number): Promise<boolean> {
  const close = await listenOn(port)
  await close?.()
  return close !== null
}

/**
 * Whoever listens on the first port of a block has the others, until the process ends: between the choice of a port and its use
 * seconds may pass, in which another start may choose as well.
 */
async function* portsOfOwnBlocks(): AsyncGenerator<number, never> {
  for (;;) {
    const block = FIRST + randomInt((FOR_CONNECTIONS - FIRST) / IN_A_BLOCK) * IN_A_BLOCK
    if (await listenOn(block) === null) continue
    for (let port = block + 1; port < block + IN_A_BLOCK; port++) if (await isFree(port)) yield port
  }
}

const ports = portsOfOwnBlocks()

/** A port that nobody listens on, and that no other call gives, here or in another process. */
export async function anyPort(): Promise<number> {
  return (await ports.next()).value
}

export async function firstFree(wanted: (number | undefined)[]): Promise<number> {
  for (const port of wanted) {
    if (port !== undefined && await isFree(port)) return port
  }
  return anyPort()
}
