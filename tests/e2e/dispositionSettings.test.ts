/** The account's own words for what a conversation meant: named, mapped, described, chosen by the analysis and by people, renamed, put away; a viewer only reads them. */
import { startedCampaign } from '../factories/campaign.ts'
import { addViewer, giveMinutes, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { lost, rpc } from './support/badNetwork.ts'
import { expectDialogAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('a company keeps its own dispositions, and calls keep those that are put away', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  const page = await pageOf(browser, account)
  const own = page.getByRole('listitem').filter({ has: page.getByRole('button') })
  const dialog = page.getByRole('alertdialog')

  await test.step('names one and says what it means', async () => {
    await page.goto(`${stack.app_url}/settings/dispositions`)
    await expect(page.getByText('None yet.', { exact: false })).toBeVisible()
    await page.getByRole('button', { name: 'Add a disposition' }).click()
    await page.keyboard.press('Enter')
    await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription(/.+/)
    await dialog.getByLabel('Name').fill('Visit booked')
    await dialog.getByLabel('When this fits').fill('A day for the visit was agreed.')
    await expectDialogAccessible(page)
    await dialog.getByLabel('Name').press('Enter')
    await expect(own.filter({ hasText: 'Visit booked' })).toContainText('A day for the visit was agreed.')
    await expect(own.filter({ hasText: 'Visit booked' })).toContainText('Positive')
    await page.getByRole('button', { name: 'Add a disposition' }).click()
    await dialog.getByLabel('Name').fill('Wrong person')
    await dialog.getByRole('radio', { name: 'Negative' }).click()
    await dialog.getByLabel('Name').press('Enter')
    await expect(own.filter({ hasText: 'Wrong person' })).toContainText('Negative')
  })

  await test.step('is told of a name that is taken, and keeps what was typed when the network is lost', async () => {
    await page.getByRole('button', { name: 'Change “Wrong person”' }).click()
    await dialog.getByLabel('Name').fill('visit booked')
    await dialog.getByLabel('Name').press('Enter')
    await expect(dialog.getByRole('alert')).toBeVisible()
    await page.route(rpc('save_disposition'), lost)
    await dialog.getByLabel('Name').fill('No longer there')
    await dialog.getByLabel('Name').press('Enter')
    await expect(dialog.getByText('No answer from the server')).toBeVisible()
    await page.unroute(rpc('save_disposition'))
    await expect(dialog.getByLabel('Name')).toHaveValue('No longer there')
    await dialog.getByLabel('Name').press('Enter')
    await expect(own.filter({ hasText: 'No longer there' })).toContainText('Negative')
    await expectGoodLooks(page)
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  await test.step('gives it to a call, whose meaning it then keeps under another name', async () => {
    await startedCampaign(account, { contacts: [{ name: 'Ida Interested', phone: '+12124567807' }], content: { max_attempts: 1 } })
    await page.goto(`${stack.app_url}/calls`)
    await expect(page.getByRole('row', { name: /Ida Interested.*Visit booked/ }), 'the analysis chose it').toBeVisible()
    await page.getByRole('row', { name: /Ida Interested/ }).getByRole('link').click()
    const meaning = page.getByRole('combobox', { name: 'What it meant' })
    await expect(meaning).toHaveText('Visit booked')
    await expect(page.getByText('From the carrier’s analysis of the conversation')).toBeVisible()
    await expectGoodLooks(page)
    await page.setViewportSize({ width: 1440, height: 900 })
    for (const word of ['Interested', 'Visit booked']) {
      await meaning.click()
      await page.getByRole('option', { name: word, exact: true }).click()
      await expect(meaning).toHaveText(word)
    }
    await expect(page.getByText('Set by Ada Lovelace')).toBeVisible()
    await page.getByText('2 changes').click()
    await expect(page.getByText('Ada Lovelace: Visit booked → Interested')).toBeVisible()
    await page.goto(`${stack.app_url}/settings/dispositions`)
    await page.getByRole('button', { name: 'Change “Visit booked”' }).click()
    await expect(dialog.getByText('so it stays “Positive”', { exact: false })).toBeVisible()
    await expect(dialog.getByRole('radio')).toHaveCount(0)
    await dialog.getByLabel('Name').fill('Viewing booked')
    await dialog.getByLabel('Name').press('Enter')
    await own.getByRole('link', { name: 'Viewing booked' }).click()
    await expect(page.getByRole('row', { name: /Ida Interested.*Viewing booked/ })).toBeVisible()
  })

  await test.step('puts a used one away, which its call keeps, and deletes an unused one', async () => {
    await page.goto(`${stack.app_url}/settings/dispositions`)
    await page.getByRole('button', { name: 'Take “Viewing booked” away' }).click()
    await expect(dialog).toContainText('Calls that have it keep it.')
    await dialog.getByRole('button', { name: 'Take it away' }).click()
    await expect(own.filter({ hasText: 'Viewing booked' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Take “No longer there” away' }).click()
    await expect(dialog).toContainText('It is deleted.')
    await dialog.getByRole('button', { name: 'Take it away' }).click()
    await expect(page.getByText('None yet.', { exact: false })).toBeVisible()
    await page.goto(`${stack.app_url}/calls`)
    await expect(page.getByRole('row', { name: /Ida Interested.*Viewing booked/ })).toBeVisible()
  })

  await test.step('a viewer reads them and can change none', async () => {
    await account.owner.rpc('save_disposition', { account_id: account.accountId, disposition_id: null, name: 'Moved away', meaning: 'neutral' })
    const viewer = await pageOf(browser, await addViewer(stack, account))
    await viewer.addInitScript((id) => sessionStorage.setItem('outdial-account', id), account.accountId)
    await viewer.goto(`${stack.app_url}/settings/dispositions`)
    await expect(viewer.getByRole('link', { name: 'Moved away' })).toBeVisible()
    await expect(viewer.getByRole('button', { name: /Add a disposition|Change|Take/ })).toHaveCount(0)
  })
})
