/** What a conversation meant: who says so, what it causes, and the call back that somebody asked for. */
import { startedCampaign } from '../factories/campaign.ts'
import { addViewer, giveMinutes, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { lost, rpc } from './support/badNetwork.ts'
import { expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('an agent corrects what a call meant, arranges a call back, and is asked before a number is listed', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  await startedCampaign(account, { contacts: [{ name: 'Ida Interested', phone: '+12124567807' }, { name: 'Otto Out', phone: '+12124567805' }], content: { max_attempts: 1 } })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/calls`)
  await expect(page.getByRole('row', { name: /Otto Out.*Do not call/ }), 'asked during the call').toBeVisible()
  await expect(page.getByRole('row', { name: /Ida Interested.*Interested/ })).toBeVisible()
  await page.getByRole('row', { name: /Ida Interested/ }).getByRole('link').click()
  const meaning = page.getByRole('combobox', { name: 'What it meant' })
  await expect(meaning).toHaveText('Interested')
  await expect(page.getByText('From the carrier’s analysis of the conversation')).toBeVisible()
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 1440, height: 900 })

  await page.route(rpc('set_disposition'), lost)
  await meaning.click()
  await page.getByRole('option', { name: 'Wants a call back' }).click()
  await expect(page.getByText('No answer from the server')).toBeVisible()
  await expect(meaning, 'what was not saved is not shown').toHaveText('Interested')
  await page.unroute(rpc('set_disposition'))
  await meaning.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: 'Wants a call back' }).press('Enter')
  await expect(page.getByText('Set by Ada Lovelace')).toBeVisible()

  await page.getByRole('button', { name: 'Call back at …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Call Ida Interested back' })
  await expect(dialog.getByLabel('Day')).toBeFocused()
  await dialog.getByLabel('Time there').fill('00:00')
  await dialog.getByRole('button', { name: 'Arrange the call' }).click()
  await expect(dialog.getByText('That time is over.')).toBeVisible()
  const tomorrow = await page.evaluate(() => new Date(Date.now() + 36 * 3_600_000).toISOString().slice(0, 10))
  await dialog.getByLabel('Day').fill(tomorrow)
  await dialog.getByLabel('Time there').fill('17:00')
  await dialog.getByLabel('Note').fill('Wants the price list first')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^Will be called back .*5:00 PM \(New York\)\./)).toBeVisible()
  await expect(page.getByText('Wants the price list first')).toBeVisible()

  await meaning.click()
  await page.getByRole('option', { name: 'Do not call' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(meaning).toHaveText('Wants a call back')
  await meaning.click()
  await page.getByRole('option', { name: 'Do not call' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Put on do-not-call list' }).click()
  await expect(page.getByText('This number is on your do-not-call list.', { exact: false })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Call back at …' })).toHaveCount(0)
  await expectGoodLooks(page)

  const viewer = await pageOf(browser, await addViewer(stack, account))
  await viewer.goto(page.url())
  await expect(viewer.getByText('Set by Ada Lovelace')).toBeVisible()
  await expect(viewer.getByRole('combobox', { name: 'What it meant' })).toHaveCount(0)
  await expect(viewer.getByText('Wants the price list first')).toHaveCount(0)
})
