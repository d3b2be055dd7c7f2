/** Posts server messages to the URL the call came with, with its headers, and repeats them as its backoffPlan says. */
import type { SimulatedCall } from './call.ts'

export interface Delivery {
  post(call: SimulatedCall, message: Record<string, unknown>): Promise<void>
}

export function createDelivery(wait: (seconds: number) => Promise<void>): Delivery {
  return {
    async post(call, message) {
      const { server, serverMessages } = call.request.assistant ?? {}
      const wanted = (serverMessages ?? ['status-update', 'end-of-call-report']).map(name => name.split('[')[0])
      if (!server || !wanted.includes(message.type as string)) return
      const plan = server.backoffPlan
      for (let attempt = 0; attempt <= (plan?.maxRetries ?? 0); attempt++) {
        const status = await send(server.url, server.headers ?? {}, message)
        if ((status >= 200 && status < 300) || plan?.excludedStatusCodes?.includes(status)) return
        await wait((plan?.baseDelaySeconds ?? 0) * (plan?.type === 'exponential' ? 2 ** attempt : 1))
      }
    },
  }
}

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
