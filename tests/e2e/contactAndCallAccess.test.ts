/** Contacts, calls and assistants for a viewer, for a stranger, for whoever was signed out, and for two people at once. */
import { createAssistant, createCampaign, createContact, startedCampaign } from '../factories/campaign.ts'
import { addAgent, addViewer, giveMinutes, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { lost, refused, rpc } from './support/badNetwork.ts'
import { expectAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('a viewer sees how it went, but no names and no button that would be refused', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  const { contactIds: [contactId], assistantId } = await startedCampaign(account, { contacts: [{ name: 'Grace Hopper', phone: '+12124567802' }], content: { max_attempts: 1 } })
  const page = await pageOf(browser, await addViewer(stack, account))
  const main = page.getByRole('main')

  await page.goto(`${stack.app_url}/contacts/${contactId}`)
  await expect(page.getByRole('row', { name: /Busy/ })).toBeVisible()
  await expect(main.getByRole('button', { name: /Edit|Do not call|More/ })).toHaveCount(0)
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByRole('region', { name: 'Calls' }).evaluate((box) => box.scrollWidth - box.clientWidth), 'the phone sees whole rows').resolves.toBe(0)
  await page.getByRole('row', { name: /Busy/ }).getByRole('link').click()
  await expect(page.getByText('Your role may not listen to calls.')).toBeVisible()
  await expect(main.getByRole('button', { name: /Do not call|Play/ })).toHaveCount(0)
  await expectAccessible(page)

  await page.goto(`${stack.app_url}/contacts`)
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect(main.getByRole('button', { name: 'Add contact' }).or(main.getByRole('link', { name: 'Import' }))).toHaveCount(0)
  await expect(page.getByText('Grace Hopper')).toHaveCount(0)
  await page.goto(`${stack.app_url}/assistants/${assistantId}`)
  await expect(page.getByText('Your role may read assistants but not change them.')).toBeVisible()
  await expect(page.getByLabel('Greeting', { exact: true })).toBeDisabled()
  await expect(main.getByRole('button', { name: /Save|Archive/ })).toHaveCount(0)
  await expectAccessible(page)
  for (const path of ['contacts/import', 'assistants/new']) {
    await page.goto(`${stack.app_url}/${path}`)
    await expect(page.getByText(/^Your role may/), 'an address alone opens nothing').toBeVisible()
  }
})

test('an agent finds the people of the campaigns they are assigned to, and is told so where there are none', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const { campaignId } = await createCampaign(account, { contacts: [{ name: 'Grace Hopper' }] })
  await createContact(account, { name: 'Somebody else' })
  const agent = await addAgent(stack, account)
  const page = await pageOf(browser, agent)
  await page.addInitScript((id) => sessionStorage.setItem('outdial-account', id), account.accountId)
  await page.goto(`${stack.app_url}/campaigns`)
  await expect(page.getByText('An agent sees those that they are assigned to.')).toBeVisible()
  await page.goto(`${stack.app_url}/contacts`)
  await expect(page.getByText('An agent sees the contacts of the campaigns they are assigned to.')).toBeVisible()
  await expect(page.getByRole('main').getByRole('link', { name: 'Import' })).toHaveCount(0)
  await account.owner.rpc('assign_to_campaign', { campaign_id: campaignId, user_id: agent.userId, is_assigned: true })
  await page.reload()
  await expect(page.getByRole('row', { name: /Grace Hopper/ })).toBeVisible()
  await expect(page.getByText('Somebody else')).toHaveCount(0)
  await page.goto(`${stack.app_url}/campaigns`)
  await expect(page.getByRole('row', { name: /Spring/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /What to do about/ })).toHaveCount(0)
})

test('what is not there, not allowed or not signed in is said, with the way on', async ({ browser, stack }) => {
  const [account, other] = [await openWebAccount(stack), await openWebAccount(stack)]
  const foreign = { contacts: await createContact(other), assistants: await createAssistant(other), calls: crypto.randomUUID() }
  const page = await pageOf(browser, account)
  for (const [path, id] of Object.entries(foreign)) {
    await page.goto(`${stack.app_url}/${path}/${id}`)
    await expect(page.getByRole('alert').getByText('This does not exist')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Try again' }), 'trying again would find nothing either').toHaveCount(0)
    await expectAccessible(page)
  }
  await page.route(rpc('list_calls'), refused(403, 'forbidden'))
  await page.goto(`${stack.app_url}/calls`)
  await expect(page.getByRole('alert').getByText('Your role does not allow this')).toBeVisible()
  await page.route(rpc('search_contacts'), refused(401, 'unauthenticated'))
  await page.goto(`${stack.app_url}/contacts?q=Grace`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page, 'the search is there again after the sign-in').toHaveURL(/\/sign-in\?next=.*contacts.*Grace/)
})

test('a text survives a failure and a colleague who saved meanwhile', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const assistantId = await createAssistant(account, { name: 'Ava' })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/assistants/${assistantId}`)
  const greeting = page.getByLabel('Greeting', { exact: true })
  await expect(greeting).toHaveValue(/Ava/)
  await page.route(rpc('save_assistant_draft'), lost)
  await greeting.fill('Mine, of Analytical Engines')
  await expect(page.getByText('The draft could not be saved')).toBeVisible()
  await expect(greeting).toHaveValue('Mine, of Analytical Engines')
  await page.unroute(rpc('save_assistant_draft'))
  await account.owner.rpc('save_assistant', { account_id: account.accountId, assistant_id: assistantId, content: {
    name: 'Theirs', voice_id: 'elliot', language: 'en', greeting: 'Theirs', instructions: 'Be kind.', maximum_seconds: 300, record_calls: true } })
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('changed this assistant meanwhile')).toBeVisible()
  await expect(greeting).toHaveValue('Mine, of Analytical Engines')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Load theirs' }).click()
  await expect(greeting).toHaveValue('Theirs')
})
