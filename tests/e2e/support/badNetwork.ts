/** Answers of the database's functions that come late, wrongly or not at all. */
import { expect, type Page, type Route } from '@playwright/test'

type Answer = (route: Route) => Promise<void>

export const rpc = (name: string) => `**/rest/v1/rpc/${name}`

export const lost: Answer = (route) => route.abort()

export const refused = (status: number, code = ''): Answer => (route) =>
  route.fulfill({ status, contentType: 'application/json', body: JSON.stringify({ code, message: 'refused', details: null, hint: null }) })

/** Holds the answers of a function whose question fits, until they are let go. */
export async function hold(page: Page, name: string, fits: (question: string) => boolean = () => true): Promise<() => void> {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  await page.route(rpc(name), async (route) => {
    if (fits(route.request().postData() ?? '')) await held
    await route.continue()
  })
  return letGo
}

/** Fails a page's read, then lets it through again. Nothing may be heard meanwhile: a live message would mend the page by itself. */
export async function expectRetry(page: Page, name: string, answer: Answer, shown: string): Promise<void> {
  await page.route(rpc(name), answer)
  await page.reload()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.unroute(rpc(name))
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText(shown).first()).toBeVisible()
}
