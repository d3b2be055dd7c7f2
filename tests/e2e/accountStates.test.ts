/** An account is suspended while its people look on, closed by its owner, and opened again. */
import { createCampaign } from '../factories/campaign.ts'
import { asAdmin, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectDialogAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('a suspension shows at once and takes what changes something; what is closed can be opened again', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const viewer = await openWebAccount(stack, { name: 'Bo Viewer', company: 'Elsewhere' })
  const { campaignId } = await createCampaign(account, { content: { name: 'Spring' } })
  await asAdmin(stack, (sql) => sql`insert into public.members (account_id, user_id, role) values (${account.accountId}, ${viewer.userId}, 'viewer')`)
  const page = await pageOf(browser, account)
  const other = await pageOf(browser, viewer)
  const banner = page.getByRole('complementary', { name: 'State of the account' })
  const dialog = page.getByRole('alertdialog')

  await test.step('the reason stands above the page that is open, and its actions are gone', async () => {
    await page.goto(`${stack.app_url}/campaigns/${campaignId}`)
    await expect(page.getByRole('button', { name: 'Start campaign' })).toBeVisible()
    await asAdmin(stack, async (sql) => {
      await sql`insert into public.platform_admins (user_id) values (${viewer.userId})`
      await sql`select private.suspend_account(${account.accountId}, 'Two invoices are open', ${viewer.userId})`
    })
    await expect(banner).toContainText('Two invoices are open')
    await expect(page.getByRole('button', { name: 'Start campaign' })).toHaveCount(0)
    await page.goto(`${stack.app_url}/settings/account`)
    await expect(page.getByText('Suspended', { exact: true })).toBeVisible()
    await expectGoodLooks(page)
    await page.setViewportSize({ width: 1440, height: 900 })
    await asAdmin(stack, (sql) => sql`select private.reactivate_account(${account.accountId}, 'Paid', ${viewer.userId})`)
    await expect(banner).toHaveCount(0)
  })

  await test.step('the owner closes it under its name; everybody else sees that it is closed', async () => {
    await other.goto(stack.app_url)
    await other.evaluate((id) => sessionStorage.setItem('outdial-account', id), account.accountId)
    await other.goto(`${stack.app_url}/campaigns`)
    await expect(other.getByText('Spring')).toBeVisible()
    await page.getByRole('button', { name: 'Close account' }).click()
    await dialog.getByRole('textbox').fill('Analytical')
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('textbox')).toHaveAccessibleDescription(/exactly/)
    await expectDialogAccessible(page)
    await dialog.getByRole('textbox').fill('Analytical Engines')
    await page.keyboard.press('Enter')
    await expect(banner).toContainText('This account is closed')
    await expect(other.getByRole('heading', { name: 'Analytical Engines is closed' })).toBeVisible()
    await expectGoodLooks(other)
  })

  await test.step('and opens it again, as it was', async () => {
    await page.getByRole('button', { name: 'Open again' }).click()
    await expect(banner).toHaveCount(0)
    await page.goto(`${stack.app_url}/campaigns/${campaignId}`)
    await expect(page.getByRole('button', { name: 'Start campaign' })).toBeVisible()
    await other.reload()
    await expect(other.getByText('Spring')).toBeVisible()
  })

  await test.step('or closes it for good: what tells of persons is erased, and the page is nobody\'s', async () => {
    await page.goto(`${stack.app_url}/settings/account`)
    for (const action of ['Close account', 'Erase account']) {
      await page.getByRole('button', { name: action }).click()
      await dialog.getByRole('textbox').fill('Analytical Engines')
      await page.keyboard.press('Enter')
      await expect(dialog).toHaveCount(0)
    }
    await expect(banner).toContainText('It is being erased')
    await expect(page.getByRole('button', { name: 'Open again' })).toHaveCount(0)
    await asAdmin(stack, (sql) => sql`select private.sweep_erasures(private.now())`)
    await expect(page).toHaveURL(/\/open-account$/)
    expect(await asAdmin(stack, (sql) => sql`select from public.contacts where account_id = ${account.accountId}`)).toEqual([])
  })
})
