/**
 * A stand-in for VAPI, written from its documented behaviour alone: it checks what it receives, lives a call and posts server
 * messages. Two originations of one attempt are a violation that tests and the control interface can see.
 */
import { startHttpServer } from '../shared/httpServer.ts'
import type { SimulatedCall } from './call.ts'
import { controlPage } from './control/index.ts'
import { createCustomers, type Customers } from './customers.ts'
import { createExchange, type SimulatorOptions } from './exchange.ts'
import { rememberCalls } from './remember.ts'
import { routes } from './routes/index.ts'

export type { SimulatedCall, SimulatorOptions }

export interface VapiSimulator {
  url: string
  /** Answers for the control page, which the stack's gateway shows under PAGE_PATH. */
  page(request: Request): Response | Promise<Response>
  /** Of all customers. */
  calls(): SimulatedCall[]
  /** Further customers, and keys that come and go. */
  customers: Customers
  /** A call that was had elsewhere (past.ts): who asks for it or for its recording is answered. */
  remember(call: SimulatedCall): void
  /** What would have done harm at a real provider: double originations, ids that disagree. */
  violations(): string[]
  /** The fault happens to the next so many calls or requests; faults/ lists them. */
  fault(name: string, times?: number): void
  clearFaults(): void
  setSpeed(speed: number): void
  /** Resolves when no call is alive and no message on its way. */
  quiet(): Promise<void>
  close(): Promise<void>
}

export async function startVapiSimulator(options: SimulatorOptions): Promise<VapiSimulator> {
  const { host = '127.0.0.1', port = 0 } = options
  const exchange = createExchange(options)
  const customers = createCustomers(exchange, options.apiKey)
  const server = await startHttpServer(routes(exchange, customers), host, port)
  exchange.url = server.url
  for (const customer of options.customers ?? []) customers.add(customer)
  rememberCalls(exchange)
  return {
    url: exchange.url,
    page: controlPage(exchange, customers),
    customers,
    calls: () => [...exchange.callsOfAll.values()],
    remember: (call) => void exchange.calls.set(call.id, call),
    violations: () => [...exchange.violations],
    fault: (name, times = 1) => exchange.faults.set(name, times),
    clearFaults: () => exchange.faults.clear(),
    setSpeed: (speed) => exchange.pacer.setSpeed(speed),
    quiet: () => exchange.quiet(),
    close: () => {
      exchange.close()
      return server.close()
    },
  }
}
