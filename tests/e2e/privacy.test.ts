/** How long recordings are kept: an owner shortens it, is told what that deletes, and the call's page says what became of its recording. */
import { startedCampaign } from '../factories/campaign.ts'
import { addViewer, asAdmin, giveMinutes, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { lost, rpc } from './support/badNetwork.ts'
import { expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('an owner shortens how long recordings are kept, and an old one goes before their eyes', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  await startedCampaign(account, { contacts: [{ name: 'Ida Interested', phone: '+12124568807' }], content: { max_attempts: 1 } })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/calls`)
  await page.getByRole('row', { name: /Ida Interested/ }).getByRole('link').click({ timeout: 60_000 })
  await expect(page.getByText(/^Kept until /)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  const address = page.url()
  await asAdmin(stack, (sql) => sql`update public.calls set created_at = created_at - interval '40 days' where account_id = ${account.accountId}`)

  const settings = await pageOf(browser, account)
  await settings.goto(`${stack.app_url}/settings/privacy`)
  const days = settings.getByRole('spinbutton', { name: 'Days after the call' })
  await expect(days).toHaveValue('365')
  await expectGoodLooks(settings)
  await settings.setViewportSize({ width: 1440, height: 900 })
  await days.fill('0')
  await days.blur()
  await expect(days).toHaveAttribute('aria-invalid', 'true')
  await days.fill('30')
  await settings.getByRole('button', { name: 'Save' }).click()
  const question = settings.getByRole('alertdialog', { name: 'Delete 1 recording?' })
  await expect(question).toContainText('older than 30 days')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await settings.reload()
  await expect(days, 'nothing was saved').toHaveValue('365')

  await days.fill('30')
  await settings.getByRole('button', { name: 'Save' }).click()
  await settings.route(rpc('save_privacy'), lost)
  await question.getByRole('button', { name: 'Delete and save' }).click()
  await expect(question.getByText('No answer from the server')).toBeVisible()
  await settings.unroute(rpc('save_privacy'))
  await question.getByRole('button', { name: 'Delete and save' }).click()
  await expect(settings.getByText('Saved', { exact: true })).toBeVisible()

  await expect(async () => {
    await page.goto(address)
    await expect(page.getByText(/^The recording was deleted on .* by the rule of 30 days\.$/)).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 90_000 })
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toHaveCount(0)
  await expect(page.getByText('Recording deleted')).toBeVisible()
  await expect(page.getByText('Transcript', { exact: true }), 'what was said stays').toBeVisible()
  await expectGoodLooks(page)

  await settings.reload()
  await settings.getByRole('switch', { name: 'Record calls' }).click()
  await settings.getByRole('radio', { name: 'Without an end' }).click()
  await settings.getByRole('button', { name: 'Save' }).click()
  await expect(settings.getByText('Saved', { exact: true })).toBeVisible()
  const viewer = await pageOf(browser, await addViewer(stack, account))
  await viewer.goto(address)
  await expect(viewer.getByText('Recording deleted')).toBeVisible()
  await viewer.goto(`${stack.app_url}/settings/privacy`)
  await expect(viewer.getByRole('switch', { name: 'Record calls' })).toBeDisabled()
  await expect(viewer.getByRole('radio', { name: 'Without an end' })).toBeChecked()
  await expect(viewer.getByRole('button', { name: 'Save' })).toHaveCount(0)
  await expectGoodLooks(viewer)
})
