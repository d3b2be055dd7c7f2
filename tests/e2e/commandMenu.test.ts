/** ⌘K: to a contact by its number and to a campaign by its name, by keyboard alone, and what can be told from there. */
import { createAssistant, createCampaign } from '../factories/campaign.ts'
import { addViewer, giveMinutes, importPeople, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectDialogAccessible } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('finds a contact by number and a campaign by name, remembers them, and pauses the campaign on the screen', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  const [contactId] = await importPeople(account, [{ name: 'Grace Hopper', phone: '+12124567803' }])
  const { campaignId } = await createCampaign(account, { contacts: 0, content: { name: 'Spring offers' } })
  await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: [contactId] })
  await createAssistant(account, { name: 'Spring voice' })
  await account.owner.rpc('start_campaign', { campaign_id: campaignId })
  const page = await pageOf(browser, account)
  const menu = page.getByRole('dialog', { name: 'Commands' })
  const open = async (typed: string) => {
    await page.keyboard.press('Control+k')
    await expect(menu.getByRole('textbox')).toBeFocused()
    await page.keyboard.type(typed)
  }
  await page.goto(`${stack.app_url}/`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  await open('(212) 456-7803')
  await expect(menu.getByRole('option', { name: /Grace Hopper/ })).toHaveAttribute('data-highlighted', '')
  await expect(menu.getByRole('status')).toHaveText('1 result')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/contacts/${contactId}$`))

  await open('spring')
  await expect(menu.getByRole('group', { name: 'Assistants' }).getByRole('option', { name: /Spring voice/ })).toBeVisible()
  await expectDialogAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/campaigns/${campaignId}$`))
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()

  await open('')
  await expect(menu.getByRole('group', { name: 'Opened last' }).getByRole('option')).toHaveText([/Spring offers/, /Grace Hopper/])
  await page.keyboard.type('pause')
  await expect(menu.getByRole('option', { name: 'Pause “Spring offers”' })).toHaveAttribute('data-highlighted', '')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible()

  await open('add a con')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Add a contact' }).getByRole('textbox').first()).toBeFocused()
})

test('says so when it cannot search, tries again, and offers a viewer nothing that they may not do', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await createCampaign(account, { contacts: 0, content: { name: 'Autumn' } })
  const viewer = await addViewer(stack, account)
  const page = await pageOf(browser, viewer)
  await page.addInitScript((id) => sessionStorage.setItem('outdial-account', id), account.accountId)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${stack.app_url}/`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.route('**/rpc/search_everything', (route) => route.abort())
  await page.keyboard.press('Control+k')
  const menu = page.getByRole('dialog', { name: 'Commands' })
  await expect(menu.getByRole('textbox')).toBeFocused()
  await page.keyboard.type('autumn')
  await expect(menu.getByRole('option', { name: /Try again/ })).toBeVisible()
  await page.unroute('**/rpc/search_everything')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(menu.getByRole('option', { name: /Autumn/ })).toBeVisible()
  await expectDialogAccessible(page)
  await menu.getByRole('textbox').fill('new')
  await expect(menu.getByRole('listbox').getByText('Nothing found')).toBeVisible()
})
