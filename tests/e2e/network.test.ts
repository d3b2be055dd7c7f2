/** Slow, failing and contradicting answers: nothing typed is lost, nothing is done twice, nothing stale is shown. */
import type { Page } from '@playwright/test'
import { createCampaign } from '../factories/campaign.ts'
import { importPeople, openWebAccount, type WebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectRetry, hold, lost, refused, rpc } from './support/badNetwork.ts'
import { untilLoadedAnew } from './support/untilLoadedAnew.ts'

async function enter(page: Page, account: WebAccount, url: string): Promise<void> {
  await account.enter(page.context())
  await page.goto(url)
}

test('every page offers a retry that works', async ({ page, stack }) => {
  const account = await openWebAccount(stack)
  const { campaignId } = await createCampaign(account, { content: { name: 'Spring' } })
  await page.routeWebSocket(/realtime/, () => {})
  await enter(page, account, `${stack.app_url}/campaigns`)
  await expectRetry(page, 'list_campaigns', lost, 'Spring')
  await expectRetry(page, 'list_campaigns', refused(500), 'Spring')
  await page.goto(`${stack.app_url}/campaigns/${campaignId}`)
  await expectRetry(page, 'get_campaign', refused(503), 'Ready to start')
  await page.goto(`${stack.app_url}/campaigns/${campaignId}/contacts`)
  await expectRetry(page, 'list_enrolments', lost, 'Jo Field')
  await page.goto(`${stack.app_url}/`)
  await expectRetry(page, 'dashboard', refused(500), 'Your first campaign')
})

test('an ended session leads to the sign-in and back to the page', async ({ page, stack }) => {
  const account = await openWebAccount(stack)
  await enter(page, account, `${stack.app_url}/campaigns`)
  await page.route(rpc('list_campaigns'), refused(401))
  await page.reload()
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/sign-in\?next=\/campaigns/)
})

test('signing out in one tab closes the others', async ({ page, context, stack }) => {
  const account = await openWebAccount(stack)
  await enter(page, account, `${stack.app_url}/campaigns`)
  const other = await context.newPage()
  await other.goto(`${stack.app_url}/`)
  await other.getByRole('button', { name: /Ada Lovelace/ }).click()
  await untilLoadedAnew(other, () => other.getByRole('menuitem', { name: 'Sign out' }).click())
  await expect(page).toHaveURL(/\/sign-in\?next=\/campaigns/)
})

test('a form keeps what was typed through a failure, and saves once', async ({ page, stack }) => {
  const account = await openWebAccount(stack)
  await createCampaign(account)
  await enter(page, account, `${stack.app_url}/campaigns/new`)
  await page.getByLabel('Name', { exact: true }).fill('Autumn')
  await page.getByLabel('Assistant', { exact: true }).click()
  await page.getByRole('option').first().click()
  await page.route(rpc('save_campaign'), lost)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('No answer from the server')).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Autumn')

  await page.unroute(rpc('save_campaign'))
  let saves = 0
  let letThrough = () => {}
  const held = new Promise<void>((resolve) => (letThrough = resolve))
  await page.route(rpc('save_campaign'), async (route) => {
    saves += 1
    await held
    await route.continue()
  })
  const save = page.getByRole('button', { name: 'Next' })
  await save.click()
  await expect(save).toHaveAttribute('aria-busy', 'true')
  await save.click({ force: true })
  await page.getByLabel('Name', { exact: true }).press('Enter')
  letThrough()
  await expect(page.getByRole('heading', { name: 'Autumn' })).toBeVisible()
  expect(saves).toBe(1)
})

test('an answer that comes late never replaces a newer one', async ({ page, stack }) => {
  const account = await openWebAccount(stack)
  const ids = await importPeople(account, [{ name: 'Slow Sally', phone: '+12124567801' }, { name: 'Fast Fred', phone: '+12124567802' }])
  const { campaignId } = await createCampaign(account, { contacts: 0 })
  await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: ids })
  await enter(page, account, `${stack.app_url}/campaigns/${campaignId}/contacts`)
  await expect(page.getByRole('row')).toHaveCount(3)

  const letThrough = await hold(page, 'list_enrolments', (question) => question.includes('Slow'))
  const slow = page.waitForResponse((response) => response.request().postData()?.includes('Slow') ?? false)
  const asked = page.waitForRequest((request) => request.postData()?.includes('Slow') ?? false)
  await page.getByRole('searchbox').fill('Slow')
  await asked
  await page.getByRole('searchbox').fill('Fast')
  await expect(page.getByRole('row', { name: /Fast Fred/ })).toBeVisible()
  await expect(page.getByRole('row')).toHaveCount(2)
  letThrough()
  await (await slow).finished()
  await expect(page.getByRole('row', { name: /Fast Fred/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /Slow Sally/ })).toHaveCount(0)
})
