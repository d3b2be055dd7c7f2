/** A forgotten password: the mail's link signs in, leaves no token in the address, and the new password is the one that counts. */
import { openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'

const password = 'Difference#1822'

test('a link to reset the password signs in without a trace in the address, once', async ({ page, stack }) => {
  const account = await openWebAccount(stack)
  const linkOfMail = async () => /href="([^"]+verify[^"]+type=recovery[^"]*)"/.exec(await stack.mailTo(account.email))?.[1]?.replaceAll('&amp;', '&') ?? ''
  await page.goto(`${stack.app_url}/forgot-password`)
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect.poll(linkOfMail).toBeTruthy()
  const link = await linkOfMail()
  await page.goto(link)
  await expect(page.getByLabel('New password')).toBeVisible()
  await expect(page).toHaveURL(`${stack.app_url}/reset-password`)
  await page.getByLabel('New password').fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible()

  const again = await (await page.context().browser()!.newContext()).newPage()
  await again.goto(link)
  await expect(again, 'a link works once').toHaveURL(/\/auth\/callback/)
  await again.goto(`${stack.app_url}/sign-in`)
  await again.getByLabel('E-mail').fill(account.email)
  await again.getByLabel('Password', { exact: true }).fill(password)
  await again.keyboard.press('Enter')
  await expect(again.getByRole('heading', { name: 'Dashboard' })).toBeVisible()
})
