/** The bell while things happen, in two tabs of one person, and the page with all of it. */
import { createCampaign } from '../factories/campaign.ts'
import { giveMinutes, importPeople, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('the bell rings while a campaign completes, and what is read in one tab is read in the other', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  const [contactId] = await importPeople(account, [{ name: 'Answers', phone: '+12124567801' }])
  const { campaignId } = await createCampaign(account, { contacts: 0, content: { name: 'Spring' } })
  await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: [contactId] })
  await account.owner.rpc('read_notifications', { account_id: account.accountId })

  const page = await pageOf(browser, account)
  const other = await page.context().newPage()
  await page.goto(`${stack.app_url}/contacts`)
  await other.goto(`${stack.app_url}/contacts`)
  const bell = page.getByRole('button', { name: /^Notifications/ }).filter({ visible: true })
  const otherBell = other.getByRole('button', { name: /^Notifications/ }).filter({ visible: true })
  await expect(bell).toHaveAccessibleName('Notifications, nothing unread')

  await account.owner.rpc('start_campaign', { campaign_id: campaignId })
  await expect(bell).toHaveAccessibleName('Notifications, 1 unread')
  await expect(otherBell).toHaveAccessibleName('Notifications, 1 unread')
  await expect(page.getByRole('status').filter({ hasText: '1 unread notification' })).toBeAttached()

  await bell.press('Enter')
  const panel = page.getByRole('dialog', { name: 'Notifications' })
  await expect(panel.getByText('1 of 1 people were reached')).toBeVisible()
  await expectAccessible(page)
  await panel.getByRole('button', { name: 'Mark as read: Spring' }).press('Enter')
  await expect(bell).toHaveAccessibleName('Notifications, nothing unread')
  await expect(otherBell, 'the other tab hears of it').toHaveAccessibleName('Notifications, nothing unread')
  await panel.getByRole('link', { name: 'Spring' }).press('Enter')
  await expect(page).toHaveURL(new RegExp(`/campaigns/${campaignId}$`))
  await expect(panel).toHaveCount(0)
})

test('all notifications are on one page, filtered in the address, and read at once', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/notifications`)
  await expect(page.getByRole('heading', { name: 'Nothing yet' })).toBeVisible()
  await expectGoodLooks(page)

  for (const file of ['first.csv', 'second.csv']) {
    const { import_id } = await account.owner.rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: file })
    await account.owner.rpc('finish_import', { import_id })
  }
  await expect(page.getByRole('article')).toHaveCount(2)
  await expectGoodLooks(page)

  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('switch', { name: 'Unread only' }).press('Space')
  await expect(page).toHaveURL(/unread=1/)
  await page.getByRole('button', { name: 'Mark as read: first.csv' }).press('Enter')
  await expect(page.getByRole('article')).toHaveCount(1)
  await page.getByRole('button', { name: 'Mark all as read' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'You have read everything' })).toBeVisible()
  await page.goto(`${stack.app_url}/notifications?topic=payments`)
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(page.getByRole('article')).toHaveCount(2)
  await page.getByRole('link', { name: 'first.csv' }).click()
  await expect(page).toHaveURL(/\/contacts\/imports\//)
})

test('on a phone the bell opens a sheet', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const { import_id } = await account.owner.rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: 'people.csv' })
  await account.owner.rpc('finish_import', { import_id })
  const page = await pageOf(browser, account)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${stack.app_url}/contacts`)
  await page.getByRole('button', { name: 'Notifications, 1 unread' }).filter({ visible: true }).click()
  const sheet = page.getByRole('dialog', { name: 'Notifications' })
  await sheet.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(sheet.getByText('unread')).toHaveCount(0)
  await sheet.getByRole('link', { name: 'See all notifications' }).click()
  await expect(page).toHaveURL(/\/notifications$/)
})
