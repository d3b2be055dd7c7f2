/** The control page: /carrier of the embedded stack's own origin. */
import { serveControlPage } from '../../shared/controlPage.ts'
import type { Customers } from '../customers.ts'
import type { Exchange } from '../exchange.ts'
import { controlApi } from './api.ts'

export const PAGE_PATH = '/carrier'

export function controlPage(exchange: Exchange, customers: Customers): (request: Request) => Response | Promise<Response> {
  const app = serveControlPage({
    path: PAGE_PATH, folder: new URL('page/', import.meta.url), title: 'Simulated carrier', subject: 'calls',
    lead: 'It stands in for VAPI and the telephone network. No real phone rings; what people say and what goes wrong is decided here.',
    lost: 'The carrier does not answer. Trying again …',
    noViolations: 'None. No attempt was dialled twice, and every request named its attempt in one way.',
    faults: 'A fault happens to as many of the next calls or requests as you say, then the carrier is well again.',
    list: { id: 'numbers', title: 'Magic numbers', lead: 'The last digits of a number decide who picks up. All other numbers pick by chance, the same number always the same.' },
  })
  app.route('/', controlApi(exchange, customers))
  return (request) => app.fetch(request)
}
