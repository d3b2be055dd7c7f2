/** What people agreed to: recorded with its words, taken back with a reason, asked for by an import, needed by a campaign. */
import { createCampaign, createContact } from '../factories/campaign.ts'
import { openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { lost, rpc } from './support/badNetwork.ts'
import { expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

/** As long as names get where words are put together: no page may grow wider for one. */
const OFFERS = 'Frühjahrsverlängerungsangebote der Rechtsschutzversicherungsgesellschaften'
const WORDS = 'I agree that Analytical Engines may call me with an automated voice.'

test('consent lets a blocked contact wait, and its revocation blocks it again', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const { contactIds: [contactId] } = await createCampaign(account, {
    contacts: [{ name: 'Grace Hopper', phone: '+12124567801', consent: null }], content: { name: OFFERS, purpose: 'sales' } })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/contacts/${contactId}`)
  await expect(page.getByText('1 campaign does not call this person for want of consent')).toBeVisible()
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 1440, height: 900 })

  await page.getByRole('status').getByRole('button', { name: 'Record consent' }).click()
  const dialog = page.getByRole('dialog', { name: 'Record consent' })
  await dialog.getByRole('radio', { name: /Agreed in writing/ }).click()
  await dialog.getByRole('button', { name: 'Record consent' }).click()
  for (const complaint of ['Choose at least one kind of call.', 'Say how it was given.', 'Written consent needs the words that were agreed to.']) {
    await expect(dialog.getByText(complaint)).toBeVisible()
  }
  await dialog.getByRole('checkbox', { name: 'Sales' }).click()
  await dialog.getByRole('combobox', { name: 'How' }).click()
  await page.getByRole('option', { name: 'On a web form' }).click()
  await dialog.getByLabel('The words they agreed to').fill(WORDS)
  await page.route(rpc('record_consents'), lost)
  await dialog.getByRole('button', { name: 'Record consent' }).click()
  await expect(dialog.getByText('No answer from the server')).toBeVisible()
  await page.unroute(rpc('record_consents'))
  await dialog.getByRole('button', { name: 'Record consent' }).click()
  await expect(dialog).toHaveCount(0)
  const consent = page.getByRole('listitem').filter({ hasText: WORDS })
  await expect(consent).toContainText('Agreed in writing')
  await expect(consent).toContainText('by Ada Lovelace')
  await expect(page.getByText('for want of consent')).toHaveCount(0)
  await expect(page.getByRole('listitem').filter({ hasText: OFFERS })).toContainText('Waiting')
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 1440, height: 900 })

  await consent.getByRole('button', { name: 'Revoke' }).click()
  const question = page.getByRole('alertdialog', { name: 'Revoke this consent?' })
  await question.getByLabel('Reason').fill('Wrote that she changed her mind')
  await question.getByRole('button', { name: 'Revoke consent' }).click()
  await expect(consent).toContainText('Wrote that she changed her mind')
  await expect(consent.getByRole('button')).toHaveCount(0)
  await expect(page.getByText('1 campaign does not call this person for want of consent')).toBeVisible()
  await expectGoodLooks(page)
})

test('an import is asked what its people agreed to, and every row of it has the answer', async ({ browser, stack }) => {
  const page = await pageOf(browser, await openWebAccount(stack))
  await page.goto(`${stack.app_url}/contacts/import`)
  const file = ['name,phone,state', 'Grace Hopper,+12124567801,FL', 'Alan Turing,+12124567802,'].join('\n')
  await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('Choose what was agreed.'), 'nothing goes in before the question is answered').toBeVisible()
  await page.getByRole('radio', { name: /Said yes/ }).click()
  await page.getByRole('checkbox', { name: 'Reminders' }).click()
  await page.getByRole('combobox', { name: 'How' }).click()
  await page.getByRole('option', { name: 'Spoken' }).click()
  await page.getByLabel('When').fill('2026-01-15')
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('link', { name: 'Dashboard' }).click()
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible()
  await page.goBack()
  await expect(page.getByLabel('When'), 'what was answered is still there').toHaveValue('2026-01-15')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Import 2 rows' }).click()
  await expect(page.getByRole('link', { name: 'Create a campaign' })).toBeVisible()
  await page.goto(`${stack.app_url}/contacts`)
  await page.getByRole('link', { name: /Grace Hopper/ }).click()
  await expect(page.getByText('Florida, United States')).toBeVisible()
  await expect(page.getByText('For: Reminders')).toBeVisible()
  await expect(page.getByText('Spoken, Jan 15, 2026', { exact: false })).toBeVisible()
})

test('a person is called when they want to be, by the rules of where they live', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const contactId = await createContact(account, { name: 'Grace Hopper', phone: '+12124567801' })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/contacts/${contactId}`)
  await expect(page.getByText('New York, United States')).toBeVisible()
  await page.getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit the contact' })
  await dialog.getByRole('combobox', { name: 'Calling region' }).fill('Florida')
  await page.getByRole('option', { name: 'Florida, United States' }).click()
  await dialog.getByLabel('Not before').fill('17:00')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('Say both from when and until when, or neither.')).toBeVisible()
  await dialog.getByLabel('Not after').fill('19:30')
  await dialog.getByRole('checkbox', { name: 'Mon' }).click()
  await dialog.getByRole('checkbox', { name: 'Wed' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Mon, Wed, 5:00 PM–7:30 PM')).toBeVisible()
  await expect(page.getByText('Florida, United States')).toBeVisible()
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Edit' }).click()
  await expect(dialog.getByLabel('Not before')).toHaveValue('17:00')
  await dialog.getByRole('combobox', { name: 'Calling region' }).fill('As the')
  await page.getByRole('option', { name: 'As the number says' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('New York, United States')).toBeVisible()
})
