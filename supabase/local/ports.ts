/** Ports: the first wanted one that is free, else any free one. */
import { createServer } from 'node:net'

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

export function anyPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port could be had.'))))
    })
  })
}

export async function firstFree(wanted: (number | undefined)[]): Promise<number> {
  for (const port of wanted) {
    if (port !== undefined && await isFree(port)) return port
  }
  return anyPort()
}
