/** The control page at /payments of the embedded stack's own origin, and under it the payment pages. */
import { readFile } from 'node:fs/promises'
import { securityHeaders } from '../../../../../config/securityHeaders.ts'
import { serveControlPage } from '../../shared/controlPage.ts'
import { hostedPages } from '../hosted/index.ts'
import type { Provider } from '../provider.ts'
import { controlApi } from './api.ts'

export const PAGE_PATH = '/payments'

export function controlPage(provider: Provider): (request: Request) => Response | Promise<Response> {
  const app = serveControlPage({
    path: PAGE_PATH, folder: new URL('page/', import.meta.url), styles: ['payments.css'], title: 'Simulated payments', subject: 'payments',
    lead: 'They stand in for Stripe. No money moves; what banks and card owners do, and what goes wrong, is decided here.',
    lost: 'The payment provider does not answer. Trying again …',
    noViolations: 'None. No order was charged in two ways, and every request for money could be repeated safely.',
    faults: 'A fault happens as often as you say, then the provider is well again.',
    list: { id: 'cards', title: 'Test cards and accounts', lead: 'The number decides what happens. Any date in the future and any code will do.' },
  })
  app.get('/pay.css', async () => new Response(await readFile(new URL('../hosted/pay.css', import.meta.url), 'utf8'), { headers: { ...securityHeaders('', { embedded: true }), 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' } }))
  app.route('/pay', hostedPages(provider))
  app.route('/', controlApi(provider))
  return (request) => app.fetch(request)
}
