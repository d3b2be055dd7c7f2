/** Posts server messages to the URL the call came with, with its headers, and repeats them as its backoffPlan says. */
import type { SimulatedCall } from './call.ts'

export interface Delivery {
  post(call: SimulatedCall, message: Record<string, unknown>): Promise<void>
}

export function createDelivery(wait: (seconds: number) => Promise<void>): Delivery {
  return {
    async post(call, message) {
      const server = call.request.assistant?.server
      if (!server || !isWanted(call, message.type)) return
      const { maxRetries = 0, baseDelaySeconds = 0, type, excludedStatusCodes = [] } = server.backoffPlan ?? {}
      for (let attempt = 0; attempt <= maxRetries; attempt++) {
        const status = await send(server.url, server.headers ?? {}, message)
        if (isDone(status, excludedStatusCodes)) return
        await wait(baseDelaySeconds * (type === 'exponential' ? 2 ** attempt : 1))
      }
    },
  }
}

/** Types may carry a filter, such as transcript[transcriptType="final"]. */
function isWanted(call: SimulatedCall, type: unknown): boolean {
  const types = call.request.assistant?.serverMessages ?? ['status-update', 'end-of-call-report']
  return types.some(name => name.split('[')[0] === type)
}

const isDone = (status: number, excluded: number[]): boolean => (status >= 200 && status < 300) || excluded.includes(status)

/** The HTTP status, or 0 when there was no answer. */
async function send(url: string, headers: Record<string, string>, message: Record<string, unknown>): Promise<number> {
  try {
    const response = await fetch(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ message }), signal: AbortSignal.timeout(20_000) })
    await response.arrayBuffer()
    return response.status
  }
  catch {
    return 0
  }
}
