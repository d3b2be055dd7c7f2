/** A person who asks what is known, and then to be forgotten: given as a file, erased on their page, gone from the list, and never added again. */
import { readFile } from 'node:fs/promises'
import { startedCampaign } from '../factories/campaign.ts'
import { openWebAccount } from '../support/webAccount.ts'
import { readZip } from '../../business/services/zip.ts'
import { expect, test } from './stack.ts'
import { expectDialogAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('who was called gets all that is known of them as a file, and is erased at their wish: the call stays, they do not, and their number is not taken again', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const { contactIds } = await startedCampaign(account, { contacts: [{ name: 'Grace Hopper', phone: '+12125550101' }], content: { max_attempts: 1 } })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/contacts/${contactIds[0]}`)
  await expect(page.getByText('Spring, attempt 1: Answered')).toBeVisible()

  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Export all that is known' }).click()
  const copy = page.getByRole('dialog', { name: 'Everything about Grace Hopper as a file' })
  await expectDialogAccessible(page)
  const download = page.waitForEvent('download')
  await copy.getByRole('button', { name: 'Make the file' }).click()
  const archive = await readZip(new Blob([await readFile(await (await download).path())]))
  const text = (name: string) => new Response(archive.get(name)!()).text()
  expect(JSON.parse(await text('person.json'))).toMatchObject([{ name: 'Grace Hopper', phone: '+12125550101' }])
  expect(JSON.parse(await text('calls.json'))).toMatchObject([{ campaign_name: 'Spring', outcome: 'answered', transcript: { turns: expect.any(Array) } }])
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Erase this person' }).click()
  const question = page.getByRole('alertdialog', { name: 'Erase Grace Hopper for ever?' })
  await expect(question).toContainText('What stays')
  await expectDialogAccessible(page)
  await question.getByRole('button', { name: 'Erase for ever' }).click()
  await expect(page.getByRole('heading', { name: 'Erased person' })).toBeVisible()
  await expect(page.getByText('This person was erased', { exact: true })).toBeVisible()
  await expect(page.getByText('Grace Hopper')).toHaveCount(0)
  await expectGoodLooks(page)

  await page.getByRole('table').getByRole('link').first().click()
  await expect(page.getByText(/^The transcript and its summary were deleted on .*: this person was erased at their wish\.$/)).toBeVisible()
  await page.goto(`${stack.app_url}/contacts`)
  await expect(page.getByText('Grace Hopper')).toHaveCount(0)
  await page.goto(`${stack.app_url}/contacts/do-not-call`)
  await expect(page.getByText(/^1 more number belonged to somebody who was erased/)).toBeVisible()
  await page.goto(`${stack.app_url}/contacts/do-not-call?q=${encodeURIComponent('+1 212 555 0101')}`)
  await expect(page.getByText('+1 212 555 0101 was erased at its person\'s wish')).toBeVisible()
  await expectGoodLooks(page)

  await page.addInitScript(() => {
    // No dialog of the system opens here.
    delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker
  })
  await page.goto(`${stack.app_url}/settings/account`)
  await expectGoodLooks(page)
  const whole = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export everything' }).click()
  const files = await readZip(new Blob([await readFile(await (await whole).path())]))
  expect([...files.keys()]).toEqual(expect.arrayContaining(['README.txt', 'account.jsonl', 'calls.csv', 'contacts.csv', 'ledger.csv', 'activity.jsonl']))
  expect(await new Response(files.get('contacts.csv')!()).text(), 'nobody is in it who was erased').not.toContain('Grace')
})
