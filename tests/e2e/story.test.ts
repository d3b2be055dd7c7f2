/** The story of a new user, from an empty installation to a watched, recorded, paid-for conversation that survives a restart. */
import { expect, setCarrierSpeed, test } from './stack.ts'
import { openPart } from './support/campaignPage.ts'
import { expectAccessible } from './support/looks.ts'

// What rings is seen to ring, on a slow machine too.
test.use({ carrierSpeed: 1.5 })

const PERSON = { name: 'Ada Lovelace', company: 'Analytical Engines', email: 'ada@example.com', password: 'Engine#1843' }
const FILE = ['name;phone;e-mail;company;time zone', 'Grace Hopper;+1 212 456 7807;grace@example.com;Navy;America/New_York', 'Katherine Johnson;+1 212 456 7801;;NASA;America/New_York',
  'Bad Number;12;;;', 'Busy Line;+1 212 456 7802;;;America/Chicago'].join('\n')

test('a new user signs up, calls, listens, pays, and finds everything after a restart', async ({ page, stack }) => {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => message.type() === 'error' && /Content Security Policy|Refused/.test(message.text()) && problems.push(message.text()))

  await test.step('signs up and confirms', async () => {
    await page.goto(`${stack.app_url}/sign-up`)
    await expectAccessible(page)
    await page.getByLabel('Your name').fill(PERSON.name)
    await page.getByLabel('Company').fill(PERSON.company)
    await page.getByLabel('E-mail').fill(PERSON.email)
    await page.getByLabel('Password', { exact: true }).fill(PERSON.password)
    await page.getByRole('button', { name: /create account|sign up/i }).click()
    await expect(page).toHaveURL(/confirm/)
    await expectAccessible(page)
    const link = /href="([^"]+verify[^"]+)"/.exec(await stack.mailTo(PERSON.email))?.[1]?.replaceAll('&amp;', '&') ?? ''
    await page.goto(link)
    await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible()
    await expect(page.getByText('20:00').first()).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('creates an assistant', async () => {
    await page.locator('main a[href="/assistants/new"]').first().click()
    await expectAccessible(page)
    await page.getByRole('button', { name: /Lead qualification/ }).click()
    await expect(page.getByLabel('Name', { exact: true })).not.toHaveValue('')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Publish version 1' }).click()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await expect(page.getByText('Version 1 is published')).toBeVisible()
    await page.goto(`${stack.app_url}/assistants`)
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('uploads a file: good rows in, bad ones named', async () => {
    await page.goto(`${stack.app_url}/contacts/import`)
    await expectAccessible(page)
    await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) })
    await expect(page.getByText('What the columns mean')).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('radio', { name: /Said yes/ }).click()
    await page.getByRole('checkbox', { name: 'Service' }).click()
    await page.getByRole('combobox', { name: 'How' }).click()
    await page.getByRole('option', { name: 'Spoken' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(page.getByText('Bad Number').first()).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Import 3 rows' }).click()
    await expect(page.getByRole('link', { name: /create a campaign/i })).toBeVisible()
    await expectAccessible(page)
    await page.goto(`${stack.app_url}/contacts`)
    await expect(page.getByRole('link', { name: /Grace Hopper/ })).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('makes a campaign and starts it', async () => {
    await page.goto(`${stack.app_url}/campaigns/new`)
    await page.getByLabel('Name', { exact: true }).fill('Spring renewals')
    await page.getByLabel('Assistant', { exact: true }).click()
    await page.getByRole('option').first().click()
    await expectAccessible(page)
    const next = () => page.getByRole('button', { name: 'Next' }).click()
    await next()
    await expect(page.getByText('3 contacts.')).toBeVisible()
    await next()
    await page.getByRole('button', { name: 'Any time' }).click()
    await next()
    await expect(page.getByRole('heading', { name: 'Review and launch' })).toBeVisible()
    await page.getByRole('checkbox', { name: /I have read these terms/ }).click()
    await page.getByRole('button', { name: 'Accept the terms' }).click()
    await expect(page.getByText(/Accepted by Ada Lovelace on/)).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Launch now' }).click()
  })

  await test.step('watches the rows change without reloading', async () => {
    const row = page.getByRole('row', { name: /Grace Hopper/ })
    await expect(row.getByText(/Dialling|Ringing/)).toBeVisible()
    await expect(row.getByText(/In call/)).toBeVisible()
    await expectAccessible(page)
    await setCarrierSpeed(stack, 20)
    await openPart(page, 'Contacts')
    await expect(row.getByText('Answered')).toBeVisible()
    await expect(page.getByRole('row', { name: /Busy Line/ }).getByText(/Last: Busy/)).toBeVisible()
  })

  await test.step('opens the call: recording, transcript, summary, cost', async () => {
    await page.getByRole('row', { name: /Grace Hopper/ }).getByRole('link', { name: /Open call/ }).click()
    await expect(page.getByText(/agreed to a follow-up/)).toBeVisible()
    await expect(page.getByText('What is this about?', { exact: false })).toBeVisible()
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
    await expect.poll(() => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0.5)
    await expect(page.getByText(/−2:00, balance/)).toBeVisible()
    await expectAccessible(page)
    await page.goto(`${stack.app_url}/calls`)
    await expect(page.getByRole('row', { name: /Grace Hopper/ })).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('sees the balance fallen by exactly what the calls cost', async () => {
    await page.goto(`${stack.app_url}/campaigns`)
    await expectAccessible(page)
    const row = page.getByRole('row', { name: /Spring renewals/ })
    await expect(row.getByText('3:00')).toBeVisible()
    await expect(page.getByText(/17:00/).first()).toBeVisible()
  })

  await test.step('finds everything after a restart, and nothing of it in another account', async () => {
    const callUrl = await page.goto(`${stack.app_url}/calls`).then(async () => (await page.getByRole('row', { name: /Grace Hopper/ }).getByRole('link').getAttribute('href')) ?? '')
    await stack.restart()
    await page.goto(`${stack.app_url}/campaigns`)
    await expect(page.getByRole('row', { name: /Spring renewals/ })).toBeVisible()
    await page.goto(`${stack.app_url}${callUrl.replace(/[0-9a-f]{12}$/, '000000000000')}`)
    await expect(page.getByText(/does not exist/i).first()).toBeVisible()
  })

  expect(problems).toEqual([])
})
