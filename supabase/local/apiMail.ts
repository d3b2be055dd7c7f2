/**
 * The mails of the auth service. Hosted Auth sends people back to the address that the request named (`redirect_to`); the local
 * one always names the front page, so its link is corrected while the mail of that request passes.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

/** A mail as the auth service hands it over. */
export interface Mail { to: string | string[], subject: string, text?: string, html?: string, headers?: Record<string, string> }

export interface AuthMails {
  send(mail: Mail): Promise<void>
  /** Runs the work of a request so that the mails it sends know where the request wants to go. */
  during<T>(request: Request, work: () => T): T
}

export function mailsWithRedirect(deliver: (mail: Mail) => Promise<void>): AuthMails {
  const wanted = new AsyncLocalStorage<string | null>()
  const redirected = (text: string | undefined) => {
    const target = wanted.getStore()
    return target ? text?.replaceAll(/(\/auth\/v1\/verify\?[^"'\s<>]*?redirect_to=)[^"'\s<>&]*/g, `$1${encodeURIComponent(target)}`) : text
  }
  return {
    send: (mail) => deliver({ ...mail, text: redirected(mail.text), html: redirected(mail.html) }),
    during: (request, work) => wanted.run(redirectOf(request), work),
  }
}

/** Whether the address is allowed is judged when the link is opened, as the local service does anyway. */
function redirectOf(request: Request): string | null {
  const url = new URL(request.url)
  return url.pathname.startsWith('/auth/v1/') && ['POST', 'PUT'].includes(request.method) ? url.searchParams.get('redirect_to') : null
}
