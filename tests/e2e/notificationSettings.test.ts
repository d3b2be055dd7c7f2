/** Which mails a person wants: in the settings, and from a mail without signing in. */
import { asAdmin, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('mails are chosen by topic in the settings, by keyboard, and stay chosen', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/`)
  await page.getByRole('link', { name: 'Settings', exact: true }).filter({ visible: true }).press('Enter')
  await expect(page).toHaveURL(/\/settings\/notifications$/)
  const minutes = page.getByRole('switch', { name: 'Minutes running out' })
  await expect(minutes).toBeChecked()
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await minutes.press('Space')
  await expect(page.getByText('Saved: Minutes running out')).toBeVisible()
  await page.reload()
  await expect(minutes).not.toBeChecked()
  await expect(page.getByRole('switch', { name: 'Payments' })).toBeChecked()
})

test('a mail comes for what happened, and its link stops such mails without signing in', async ({ browser, page, stack }) => {
  const account = await openWebAccount(stack)
  const tell = () => asAdmin(stack, (sql) => sql`select private.notify(${account.accountId}, null, 'payment_disputed', '{"amount_cents": 3000, "currency": "usd"}')`)
  await tell()
  // Told a while ago: nobody waits for the minute in which notices are gathered.
  await asAdmin(stack, (sql) => sql`update public.notices set created_at = created_at - interval '2 minutes' where account_id = ${account.accountId}`)
  const link = async () => /href="([^"]*\/unsubscribe\?token=[^"]*)"/.exec(await stack.mailTo(account.email))?.[1]?.replaceAll('&amp;', '&')
  await expect.poll(link).toBeTruthy()

  await page.goto((await link())!)
  await expect(page.getByText('You would get no more mails about: Payments.')).toBeVisible()
  await expectGoodLooks(page)
  await page.getByRole('button', { name: 'Stop these mails' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'These mails are stopped' })).toBeVisible()
  await page.goto(`${stack.app_url}/unsubscribe?token=nonsense`)
  await expect(page.getByRole('heading', { name: 'This link is not complete' })).toBeVisible()

  const signedIn = await pageOf(browser, account)
  await signedIn.goto(`${stack.app_url}/settings/notifications`)
  await expect(signedIn.getByRole('switch', { name: 'Payments' })).not.toBeChecked()
  await expect(signedIn.getByRole('switch', { name: 'Minutes running out' })).toBeChecked()
})
