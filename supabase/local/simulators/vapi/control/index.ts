/** The control page: /carrier of the embedded stack's own origin. */
import { serveControlPage } from '../../shared/controlPage.ts'
import type { Exchange } from '../exchange.ts'
import { controlApi } from './api.ts'

export const PAGE_PATH = '/carrier'

export function controlPage(exchange: Exchange): (request: Request) => Response | Promise<Response> {
  const app = serveControlPage(PAGE_PATH, new URL('page/', import.meta.url))
  app.route('/', controlApi(exchange))
  return (request) => app.fetch(request)
}
