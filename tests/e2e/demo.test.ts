/** What somebody finds who does not want to type anything: one click, and an account full of life. */
import { expect, test } from './stack.ts'
import { expectAccessible } from './support/looks.ts'

test('explores the demo data with one click, and calls go on in it', async ({ page, stack }) => {
  // A sketch of the month is enough here; tests/database/demo.test.ts makes all of it.
  await page.route('**/carrier/demo', (route) => route.continue(route.request().method() === 'POST' ? { postData: '{"size":"small"}' } : {}))
  await page.goto(stack.app_url)
  await expect(page.getByRole('link', { name: 'Create an account' }), 'nobody has to').toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Explore with demo data' }).click()
  await expect(page.getByText(/Living through day \d+ of 31/)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible({ timeout: 300_000 })
  await expect(page.getByRole('row', { name: /Customer check-in/ }).first()).toContainText('Running')
  await expect(page.getByRole('row', { name: /Presentación a talleres/ }).first()).toBeVisible()
  await expect(page.getByText(/^(Ringing|In call)/).first()).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${stack.app_url}/welcome`)
  await expect(page, 'whoever is signed in has chosen').toHaveURL(`${stack.app_url}/`)
})
