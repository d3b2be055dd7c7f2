/** Changing a contact: by two people at once, and one whose calls are on record. */
import { createContact, startedCampaign } from '../factories/campaign.ts'
import { openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectDialogAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('two people who change one contact at once both keep what they changed', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const id = await createContact(account, { name: 'Grace Hopper', company: 'Navy' })
  const pages = [await pageOf(browser, account), await pageOf(browser, account)]
  for (const page of pages) {
    await page.goto(`${stack.app_url}/contacts/${id}`)
    await page.getByRole('button', { name: 'Edit' }).click()
    await expect(page.getByRole('dialog').getByLabel('Company')).toHaveValue('Navy')
  }
  const [one, other] = pages.map((page) => page.getByRole('dialog'))
  await one!.getByLabel('Company').fill('Univac')
  await one!.getByLabel('Company').press('Enter')
  await expect(one!).toHaveCount(0)
  await other!.getByLabel('E-mail').fill('grace@example.com')
  await other!.getByLabel('E-mail').press('Enter')
  await expect(other!).toHaveCount(0)
  for (const page of pages) {
    await page.reload()
    await expect(page.getByText('grace@example.com')).toBeVisible()
    await expect(page.getByText('Univac')).toBeVisible()
  }
})

test('who was called keeps name and number and is not deleted: the number is corrected, and both contacts say so', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const { contactIds } = await startedCampaign(account, { contacts: [{ name: 'Grace Hopper', phone: '+12125550101' }] })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/contacts/${contactIds[0]}`)
  await expect(page.getByText('Spring, attempt 1: Answered')).toBeVisible()
  await page.getByRole('button', { name: 'Edit' }).click()
  const form = page.getByRole('dialog', { name: 'Edit the contact' })
  await expect(form.getByText('so both stay as they are', { exact: false })).toBeVisible()
  for (const field of ['name', 'phone']) await expect(form.locator(`input[name=${field}]`)).toHaveAttribute('readonly', '')
  await expectDialogAccessible(page)
  await page.keyboard.press('Escape')

  const more = page.getByRole('main').getByRole('button', { name: 'More actions' })
  await more.click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const refusal = page.getByRole('dialog', { name: 'Grace Hopper cannot be deleted' })
  await expectDialogAccessible(page)
  await refusal.getByRole('button', { name: 'Correct the number' }).click()
  const question = page.getByRole('alertdialog')
  await question.getByLabel('The right number').fill('212 555')
  await page.keyboard.press('Enter')
  await expect(question.getByRole('alert')).toBeVisible()
  await question.getByLabel('The right number').fill('(212) 555-0199')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Goes on for a number that was corrected.')).toBeVisible()
  await expect(page.getByText('+1 212 555 0199').first()).toBeVisible()
  await expectGoodLooks(page)
  await page.getByRole('link', { name: 'Open the earlier one' }).click()
  await expect(page.getByText('Nobody is called at it any more.', { exact: false })).toBeVisible()
  await expect(page.getByText('Spring, attempt 1: Answered')).toBeVisible()
})
