/** An owner lets the account open from their own network alone, and sees what everybody elsewhere sees. */
import { asAdmin, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('an owner decides from where the account opens, and is not locked out by a slip', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/settings/security`)
  const networks = page.getByRole('textbox', { name: 'Allowed networks' })
  const form = page.locator('form').filter({ has: networks })
  await networks.fill('203.0.113.0/24')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('You are at 127.0.0.1, and would be locked out.')).toBeVisible()
  await expect(networks).toHaveAttribute('aria-invalid', 'true')
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await form.getByRole('button', { name: 'Add my address' }).click()
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('The account opens from these networks only')).toBeVisible()
  await expect(networks).toHaveValue('127.0.0.1/32\n203.0.113.0/24')

  await asAdmin(stack, (sql) => sql`update public.accounts set allowed_networks = '{203.0.113.0/24}' where id = ${account.accountId}`)
  await page.goto(`${stack.app_url}/campaigns`)
  await expect(page.getByText('does not open from here')).toBeVisible()
  await expectGoodLooks(page)
  await asAdmin(stack, (sql) => sql`update public.accounts set allowed_networks = null where id = ${account.accountId}`)
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Campaigns' })).toBeVisible()
})
