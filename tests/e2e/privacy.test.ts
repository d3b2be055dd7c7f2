/** How long recordings are kept: an owner shortens it, is told what that deletes and what failed, and the call's page says what became of it. */
import type { Page } from '@playwright/test'
import { startedCampaign } from '../factories/campaign.ts'
import { addViewer, asAdmin, giveMinutes, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { lost, rpc } from './support/badNetwork.ts'
import { expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'
import { sweepNow } from './support/sweepNow.ts'

test('an owner shortens how long recordings are kept, and an old one goes before their eyes', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  await startedCampaign(account, { contacts: [{ name: 'Ida Interested', phone: '+12124568807' }], content: { max_attempts: 1 } })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/calls`)
  await page.getByRole('row', { name: /Ida Interested/ }).getByRole('link').click()
  await expect(page.getByText(/^Kept until /)).toBeVisible()
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
  await expect(question).toContainText('older than what you chose')
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

  await sweepNow(stack)
  await expect(async () => {
    await page.goto(address)
    await expect(page.getByText(/^The recording was deleted on .* by the rule of 30 days\.$/)).toBeVisible({ timeout: 2_000 })
  }).toPass()
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

test('a deletion that failed is told to the owner, who has it tried again and sees it succeed', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  await startedCampaign(account, { contacts: [{ name: 'Ida Interested', phone: '+12124568807' }], content: { max_attempts: 1 } })
  const recorded = () => asAdmin(stack, (sql) => sql<{ id: string }[]>`select id from public.calls where account_id = ${account.accountId} and recording_state = 'stored'`)
  await expect.poll(async () => (await recorded()).length).toBe(1)
  const [call] = await recorded()
  await asAdmin(stack, async (sql) => {
    await sql`insert into engine.outbox (account_id, kind, dedupe_key, payload, tries, quarantined_at, error)
      select account_id, 'delete_recording', id::text, jsonb_build_object('call_id', id, 'account_id', account_id), 8, private.now(), 'HTTP 500' from public.calls where account_id = ${account.accountId}`
    await sql`update public.calls set created_at = created_at - interval '400 days' where account_id = ${account.accountId}`
    await sql`select private.tell_failed_deletion(${account.accountId})`
  })
  const viewer = await pageOf(browser, await addViewer(stack, account))
  // A link into the account makes it the current one: a viewer has a company of their own, too.
  await viewer.goto(`${stack.app_url}/calls/${call!.id}`)
  await expect(viewer.getByRole('button', { name: 'Vera Viewer Analytical Engines' })).toBeVisible()
  await viewer.setViewportSize({ width: 360, height: 800 })
  await viewer.goto(`${stack.app_url}/settings/privacy`)
  await expect(viewer.getByRole('link', { name: 'Recordings & privacy' }), 'the open tab, on a narrow screen').toBeInViewport({ ratio: 0.9 })
  const failed = (page: Page) => page.getByRole('alert').filter({ hasText: '1 deletion failed' })
  await expect(failed(viewer)).toContainText('An owner or admin of the account can have it tried again.')
  await expect(viewer.getByRole('button', { name: 'Try again' })).toHaveCount(0)
  await viewer.goto(`${stack.app_url}/notifications`)
  await expect(viewer.getByRole('heading', { name: 'Notifications', level: 1 })).toBeVisible()
  await expect(viewer.getByText('could not be deleted')).toHaveCount(0)

  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/notifications`)
  await page.getByRole('listitem').filter({ hasText: 'Recordings whose time is over could not be deleted' }).getByRole('link').first().click()
  await expect(page).toHaveURL(/\/settings\/privacy$/)
  await expect(failed(page)).toBeVisible()
  await expectGoodLooks(page)
  await page.getByRole('button', { name: 'Try again' }).press('Enter')
  await expect(page.getByText('1 deletion is tried again')).toBeVisible()
  await expect(failed(page)).toHaveCount(0)
  await sweepNow(stack)
  await expect(page.getByText('is past its time'), 'it goes before their eyes').toHaveCount(0)
  await expect.poll(() => asAdmin(stack, (sql) => sql`select verb from public.activity_log where account_id = ${account.accountId} and verb like 'call.%' or verb = 'account.deletions_retried' order by id`
    .then((rows) => rows.map(({ verb }) => verb as string)))).toEqual(['account.deletions_retried', 'call.recording_deleted', 'call.erased_at_provider'])
})
