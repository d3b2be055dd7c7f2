/** The control page at /payments of the embedded stack's own origin, and under it the payment pages. */
import { readFile } from 'node:fs/promises'
import { securityHeaders } from '../../../../../config/securityHeaders.ts'
import { serveControlPage } from '../../shared/controlPage.ts'
import { hostedPages } from '../hosted/index.ts'
import type { Provider } from '../provider.ts'
import { controlApi } from './api.ts'

export const PAGE_PATH = '/payments'

export function controlPage(provider: Provider): (request: Request) => Response | Promise<Response> {
  const app = serveControlPage(PAGE_PATH, new URL('page/', import.meta.url), ['payments.css'])
  app.get('/pay.css', async () => new Response(await readFile(new URL('../hosted/pay.css', import.meta.url), 'utf8'), { headers: { ...securityHeaders('', { embedded: true }), 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' } }))
  app.route('/pay', hostedPages(provider))
  app.route('/', controlApi(provider))
  return (request) => app.fetch(request)
}
