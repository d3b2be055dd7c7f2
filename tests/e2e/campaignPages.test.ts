/** Dashboard and campaigns with nothing, with a little and with ten thousand, in every look. */
import { createCampaign } from '../factories/campaign.ts'
import { addViewer, giveMinutes, importPeople, openWebAccount, type WebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { openPart } from './support/campaignPage.ts'
import { expectAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

const people = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `Person ${index}`, phone: `+1212${2_000_000 + index}` }))

async function campaignWith(account: WebAccount, contactIds: string[], name: string): Promise<string> {
  const { campaignId } = await createCampaign(account, { contacts: 0, content: { name } })
  for (let start = 0; start < contactIds.length; start += 1000) {
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: contactIds.slice(start, start + 1000) })
  }
  return campaignId
}

test('the pages before the sign-in look right', async ({ page, stack }) => {
  for (const path of ['sign-in', 'sign-up']) {
    await page.goto(`${stack.app_url}/${path}`)
    await expectGoodLooks(page)
  }
  for (const path of ['forgot-password', 'auth/callback']) {
    await page.goto(`${stack.app_url}/${path}`)
    await expectAccessible(page)
  }
})

test('an empty account is led by the hand', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/`)
  await expect(page.getByRole('link', { name: 'Create an assistant' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'New campaign' }), 'a step that cannot be done yet is not offered').toHaveCount(0)
  await expectGoodLooks(page)
  await page.goto(`${stack.app_url}/campaigns`)
  await expect(page.getByRole('heading', { name: 'No campaign yet' })).toBeVisible()
  await expectGoodLooks(page)
  await page.goto(`${stack.app_url}/campaigns/new`)
  await expect(page.getByText('You need an assistant first')).toBeVisible()
  await expectGoodLooks(page)
})

test('a running campaign tells where everybody stands, and each number leads to whom it counts', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  const ids = await importPeople(account, [{ name: 'Answers', phone: '+12124567801' }, { name: 'Busy', phone: '+12124567802' }])
  const campaignId = await campaignWith(account, ids, 'Spring')
  const page = await pageOf(browser, account)
  await account.owner.rpc('start_campaign', { campaign_id: campaignId })
  await page.goto(`${stack.app_url}/campaigns/${campaignId}`)
  await expect(page.getByRole('link', { name: /Reached\s*1/ })).toBeVisible()
  await page.getByRole('link', { name: /Reached/ }).click()
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect(page.getByRole('row', { name: /Answers/ })).toBeVisible()
  await expectGoodLooks(page)
  await openPart(page, 'Overview')
  await expect(page.getByRole('link', { name: /[AP]M: 2 calls, 1 answered/ }), 'the chart says what it shows').toBeVisible()
  await page.getByRole('button', { name: /^Table\W+Calls an hour/ }).first().click()
  await expect(page.getByRole('region', { name: 'Calls over time' }).getByRole('row')).toHaveCount(2)
  await expectGoodLooks(page)
  await page.getByRole('link', { name: 'Answered: 1' }).click()
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect(page.getByRole('heading', { name: 'Spring', level: 1 }), 'the calls stay in the campaign').toBeVisible()
  await openPart(page, 'Activity')
  await expect(page.getByText('Ada Lovelace started it')).toBeVisible()
  await expectGoodLooks(page)
  await openPart(page, 'Settings')
  await expect(page.getByText('Ada Lovelace')).toHaveCount(2)
  await expectGoodLooks(page)
  await page.goto(`${stack.app_url}/`)
  await page.getByRole('link', { name: 'All campaigns' }).click()
  await expect(page).toHaveURL(/\/campaigns$/)
  await page.goBack()
  await expectGoodLooks(page)
})

test('a click on a part of a campaign is none beside it when the page learns more meanwhile', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const { campaignId } = await createCampaign(account, { contacts: 1 })
  const page = await pageOf(browser, account)
  let learn: () => void = () => undefined
  const learned = new Promise<void>((resolve) => { learn = resolve })
  await page.route('**/rpc/campaign_blockers', async (route) => {
    await learned
    await route.continue()
  })
  await page.goto(`${stack.app_url}/campaigns/${campaignId}`)
  await page.getByRole('navigation', { name: 'Parts of the campaign' }).getByRole('link', { name: 'Contacts' }).hover()
  await page.mouse.down()
  learn()
  await expect(page.getByText('Ready to start')).toBeVisible()
  await page.mouse.up()
  await expect(page).toHaveURL(/\/contacts$/)
})

test('ten thousand contacts and sixty campaigns stay pages one can use, for a viewer too', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const ids = await importPeople(account, people(10_000))
  const campaignId = await campaignWith(account, ids, 'Everybody')
  for (let index = 0; index < 60; index++) await createCampaign(account, { contacts: 0, content: { name: `Draft ${index}` } })
  const page = await pageOf(browser, account)

  await page.goto(`${stack.app_url}/campaigns`)
  await expect(page.getByText('1–20 of 61')).toBeVisible()
  await expectGoodLooks(page)
  await page.getByRole('searchbox').fill('everybody')
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.getByRole('row', { name: /Everybody/ }).getByRole('link').click()
  await expect(page.getByText('10,000 contacts', { exact: true }).first()).toBeVisible()
  await openPart(page, 'Contacts')
  await expect(page.getByRole('row')).toHaveCount(21)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('Page 2')).toBeVisible()
  await page.getByRole('searchbox').fill('Person 9999')
  await expect(page.getByRole('row')).toHaveCount(2)

  const seen = await pageOf(browser, await addViewer(stack, account))
  await seen.goto(`${stack.app_url}/campaigns/${campaignId}`)
  await expect(seen.getByText('10,000 contacts', { exact: true }).first(), 'a link opens in the account it belongs to').toBeVisible()
  await expect(seen.getByRole('button', { name: 'Ada' }).or(seen.getByText('Analytical Engines')).first()).toBeVisible()
  await expect(seen.getByRole('button', { name: /Start campaign|More actions|Add contacts/ })).toHaveCount(0)
  await expect(seen.getByRole('link', { name: 'Activity' }), 'the log is for who may read it').toHaveCount(0)
  await seen.goto(`${stack.app_url}/campaigns/${campaignId}/contacts`)
  await expect(seen.getByRole('row')).toHaveCount(21)
  await expect(seen.getByRole('row', { name: /Person 1\b/ }), 'a viewer sees no names').toHaveCount(0)
})
