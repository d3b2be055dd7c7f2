/** Contacts, calls and assistants with nothing, with one and with ten thousand, in every look and on bad networks. */
import type { Browser, Page, Route } from '@playwright/test'
import { createAssistant, createContact, startedCampaign } from '../factories/campaign.ts'
import { giveMinutes, importPeople, openWebAccount, type WebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectGoodLooks } from './support/looks.ts'

const rpc = (name: string) => `**/rest/v1/rpc/${name}`
const people = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `Person ${index}`, phone: `+1212${2_000_000 + index}` }))

async function pageOf(browser: Browser, account: WebAccount): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await account.enter(context)
  return context.newPage()
}

/** Holds the answers of a function that fit, until they are let go. */
async function hold(page: Page, name: string, fits: (body: string) => boolean = () => true): Promise<() => void> {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  await page.route(rpc(name), async (route) => {
    if (fits(route.request().postData() ?? '')) await held
    await route.continue()
  })
  return letGo
}

async function expectRetry(page: Page, name: string, fail: (route: Route) => unknown, shown: string): Promise<void> {
  await page.route(rpc(name), fail)
  await page.reload()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.unroute(rpc(name))
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText(shown).first()).toBeVisible()
}

test('an empty account sees what each page is for', async ({ browser, stack }) => {
  const page = await pageOf(browser, await openWebAccount(stack))
  for (const [path, heading] of [['contacts', 'Who should be called?'], ['calls', 'No call yet'], ['assistants', 'Who should do the talking?']]) {
    await page.goto(`${stack.app_url}/${path}`)
    await expect(page.getByRole('heading', { name: heading })).toBeVisible()
    await expectGoodLooks(page)
  }
  await page.goto(`${stack.app_url}/contacts/import`)
  await expect(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
  await expectGoodLooks(page)
})

test('ten thousand contacts are searched in any notation and paged, and names of every kind fit', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await importPeople(account, people(10_000))
  const longest = { name: 'Wolfeschlegelsteinhausenbergerdorff'.repeat(5), company: 'C'.repeat(200), phone: '+4930901820', time_zone: null }
  const contactId = await createContact(account, longest)
  await createContact(account, { name: 'محمد بن عبد الله', phone: '+971501234567' })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/contacts`)
  await expect(page.getByText('1–20 of 10,002', { exact: true }).or(page.getByText('1–20', { exact: true }))).toBeVisible()
  await expect(page.getByText('+49 30 901820').filter({ visible: true })).toBeVisible()
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByRole('region', { name: 'Contacts' }).evaluate((box) => box.scrollWidth - box.clientWidth), 'the phone sees whole rows').resolves.toBe(0)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText(/^21–40/)).toBeVisible()
  await page.getByRole('searchbox').fill('(212) 200-9999')
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect(page.getByRole('row', { name: /Person 9999/ })).toBeVisible()

  const letGo = await hold(page, 'search_contacts', (body) => body.includes('Person 77'))
  await page.getByRole('searchbox').fill('Person 77')
  await page.waitForRequest((request) => request.postData()?.includes('Person 77') ?? false)
  await page.getByRole('searchbox').fill('030/901820')
  await expect(page.getByRole('row', { name: /Wolfe/ })).toBeVisible()
  letGo()
  await expect(page.getByRole('row'), 'a late answer changes nothing').toHaveCount(2)
  await page.goto(`${stack.app_url}/contacts/${contactId}`)
  await expect(page.getByText('Nobody calls this contact yet')).toBeVisible()
  await expectGoodLooks(page)
})

test('every page offers a retry that works, and a search that fails shows no rows of the one before', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const contactId = await createContact(account, { name: 'Grace' })
  const assistantId = await createAssistant(account, { name: 'Ava' })
  const page = await pageOf(browser, account)
  await page.routeWebSocket(/realtime/, () => {})
  const broken = (status: number) => (route: Route) => route.fulfill({ status, contentType: 'application/json', body: JSON.stringify({ code: '', message: 'broken' }) })
  await page.goto(`${stack.app_url}/contacts`)
  await expectRetry(page, 'search_contacts', (route) => route.abort(), 'Grace')
  await page.route(rpc('search_contacts'), broken(500))
  await page.getByRole('searchbox').fill('Nobody')
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByRole('row')).toHaveCount(0)
  await expect(page.getByRole('searchbox')).toHaveValue('Nobody')
  await page.unroute(rpc('search_contacts'))
  await page.goto(`${stack.app_url}/contacts/${contactId}`)
  await expectRetry(page, 'get_contact', broken(503), 'Never called yet.')
  await page.goto(`${stack.app_url}/calls`)
  await expectRetry(page, 'list_calls', (route) => route.abort(), 'No call yet')
  await page.goto(`${stack.app_url}/assistants/${assistantId}`)
  await expectRetry(page, 'get_assistant', broken(500), 'What it says')
})

test('adding a contact keeps what was typed through a failure, saves once, and gives the focus back', async ({ browser, stack }) => {
  const page = await pageOf(browser, await openWebAccount(stack))
  await page.goto(`${stack.app_url}/contacts`)
  const add = page.getByRole('button', { name: 'Add contact' }).first()
  await add.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Add a contact' })
  await expect(dialog.getByLabel('Name')).toBeFocused()
  await page.keyboard.type('Grace Hopper')
  await page.keyboard.press('Tab')
  await page.keyboard.type('(212) 456-7014')
  await page.route(rpc('save_contact'), (route) => route.abort())
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('No answer from the server')).toBeVisible()
  await expect(dialog.getByLabel('Phone')).toHaveValue('(212) 456-7014')
  await page.unroute(rpc('save_contact'))

  let saves = 0
  page.on('request', (request) => (saves += Number(request.url().endsWith('/save_contact') && request.method() === 'POST')))
  const letGo = await hold(page, 'save_contact')
  await dialog.getByLabel('Phone').press('Enter')
  await expect(dialog.getByRole('button', { name: 'Add contact' })).toHaveAttribute('aria-busy', 'true')
  await dialog.getByLabel('Phone').press('Enter')
  letGo()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('row', { name: /Grace Hopper/ })).toBeVisible()
  expect(saves).toBe(1)
})

test('from call to call by keyboard: listens, goes on with J and K, and takes a number off', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  await startedCampaign(account, { contacts: [{ name: 'Grace Hopper', phone: '+12124567801' }, { name: 'Busy Bob', phone: '+12124567802' }], content: { max_attempts: 1 } })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/calls`)
  await expect(page.getByRole('row', { name: /Grace Hopper.*Answered/ })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('row', { name: /Busy Bob.*Busy/ })).toBeVisible({ timeout: 60_000 })
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('row').nth(1).getByRole('link').focus()
  await page.keyboard.press('Enter')
  const heading = page.getByRole('heading', { level: 1 })
  await expect(page.getByRole('button', { name: 'Next call' })).toBeEnabled()
  const first = await heading.innerText()
  await page.keyboard.press('j')
  await expect(heading).not.toHaveText(first)
  await expect(page.getByRole('button', { name: 'Next call' })).toBeDisabled()
  await page.keyboard.press('k')
  await expect(heading).toHaveText(first)
  if (!first.includes('Grace')) await page.keyboard.press('j')
  await expect(heading).toHaveText('Grace Hopper')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press(' ')
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  await page.keyboard.press(' ')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expectGoodLooks(page)

  await page.getByRole('button', { name: 'Do not call' }).focus()
  await page.keyboard.press('Enter')
  const question = page.getByRole('alertdialog')
  await expect(question).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Do not call' })).toBeFocused()
})

test('the preview speaks to whoever is chosen, and Ctrl+S saves', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await createContact(account, { name: 'Maria Lopez', attributes: { city: 'Lima' } })
  await createContact(account, { name: 'Jonas Weber' })
  const assistantId = await createAssistant(account, { name: 'Ava', greeting: 'Hi {name}, this is Company. How is {city}?' })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/assistants/${assistantId}`)
  await expect(page.getByText('Hi Jonas Weber, this is Company.', { exact: false })).toBeVisible()
  await expect(page.getByTitle('{city} is left out')).toBeVisible()
  await page.getByRole('combobox', { name: 'Hear it as this contact' }).fill('Maria')
  await page.getByRole('option', { name: 'Maria Lopez' }).click()
  await expect(page.getByTitle('From the contact: {city}')).toHaveText('Lima')
  await page.getByLabel('Name', { exact: true }).fill('Ava the second')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Version 2 saved')).toBeVisible()
  await expectGoodLooks(page)
  await page.goto(`${stack.app_url}/assistants`)
  await expect(page.getByRole('link', { name: 'Ava the second' })).toBeVisible()
  await expectGoodLooks(page)
})
