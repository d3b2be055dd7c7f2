/** Calls by who judged them, by the hour and by person; and links to a campaign of another account, which open there or say that they cannot. */
import { randomUUID } from 'node:crypto'
import { startedCampaign } from '../factories/campaign.ts'
import { addViewer, asAdmin, giveMinutes, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectDialogAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('calls are found by who judged them, by the hour and by person, and a link opens in the account it means', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  const { campaignId, contactIds } = await startedCampaign(account, {
    contacts: [{ name: 'Ida Interested', phone: '+12124567807' }, { name: 'Paul Polite', phone: '+12124567801' }], content: { name: 'Autumn', max_attempts: 1 } })
  const page = await pageOf(browser, account)
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
  await page.goto(`${stack.app_url}/calls`)
  await expect(row('Ida Interested.*Interested')).toBeVisible()
  await expect(row('Paul Polite.*Not interested')).toBeVisible()

  await test.step('by the person who said what a call meant, who is named once there is one', async () => {
    const [paul] = await asAdmin(stack, (sql) => sql<{ id: string, hour: number }[]>`select id, extract(hour from account_dialled_at)::int as hour from public.calls where contact_id = ${contactIds[1]!}`)
    await account.owner.rpc('set_disposition', { call_id: paul!.id, disposition: 'callback' })
    await page.reload()
    await expect(row('Paul Polite')).toBeVisible()
    await page.getByRole('button', { name: 'Filter' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Disposition set by').fill('ada')
    await page.getByRole('option', { name: 'Ada Lovelace' }).click()
    const hour = sheet.getByLabel('Hour of the call')
    await expect(hour).toHaveAccessibleDescription(/By the clock of your account \(New York\)/)
    await hour.click()
    await page.getByRole('option').nth(1 + paul!.hour).click()
    await expectDialogAccessible(page)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: /Disposition set by Ada Lovelace/ })).toBeVisible()
    await expect(page.getByRole('button', { name: /In the hour from/ })).toBeVisible()
    await expect(row('Paul Polite')).toBeVisible()
    await expect(row('Ida Interested')).toHaveCount(0)
    await expect(page).toHaveURL(new RegExp(`by=${account.userId}&hour=${paul!.hour}`))
    await page.getByRole('button', { name: /Disposition set by Ada Lovelace/ }).click()
    await expect(row('Ida Interested')).toBeVisible()
  })

  await test.step('by the person who was called, from their page, under their name', async () => {
    await page.goto(`${stack.app_url}/contacts/${contactIds[0]}`)
    await page.getByRole('link', { name: 'In the call log' }).click()
    await expect(page.getByRole('button', { name: /Calls with Ida Interested/ })).toBeVisible()
    await expect(row('Ida Interested')).toBeVisible()
    await expect(row('Paul Polite')).toHaveCount(0)
    await expectGoodLooks(page)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`${stack.app_url}/calls?contact=${randomUUID()}`)
    await expect(page.getByRole('button', { name: /Calls with somebody who is not in this account/ })).toBeVisible()
  })

  await test.step('a viewer, whose own account is another one, is led to the account of the campaign and reads no name', async () => {
    const vera = await addViewer(stack, account)
    const viewer = await pageOf(browser, vera)
    await viewer.addInitScript((id) => sessionStorage.setItem('outdial-account', id), vera.accountId)
    for (const place of ['/calls', '/calls/live', '/calls/queue']) {
      await viewer.goto(`${stack.app_url}${place}?campaign=${campaignId}`)
      await expect(viewer.getByRole('button', { name: /Analytical Engines/ }), place).toBeVisible()
    }
    await viewer.goto(`${stack.app_url}/calls?campaign=${campaignId}&contact=${contactIds[0]}`)
    await expect(viewer.getByRole('button', { name: /Calls with .*•/ })).toBeVisible()
    await expect(viewer.getByText('Ida Interested')).toHaveCount(0)
  })

  await test.step('a link to a campaign that nobody can show says so, and leads on', async () => {
    for (const place of ['/calls', '/calls/live', '/calls/queue']) {
      await page.goto(`${stack.app_url}${place}?campaign=${randomUUID()}`)
      await expect(page.getByText('This campaign is not here'), place).toBeVisible()
    }
    await expectGoodLooks(page)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`${stack.app_url}/calls?campaign=${randomUUID()}`)
    await page.getByRole('button', { name: 'Show all campaigns' }).click()
    await expect(row('Ida Interested')).toBeVisible()
  })
})
