import { readFileSync } from 'node:fs'
import { openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { lost, rpc } from './support/badNetwork.ts'
import { expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'
import { untilLoadedAnew } from './support/untilLoadedAnew.ts'

test('a file is mapped, checked, corrected in place, goes in across a broken connection and a reload, and is taken back', async ({ browser, stack }) => {
  const page = await pageOf(browser, await openWebAccount(stack))
  const good = Array.from({ length: 2_500 }, (_, index) => `Person ${index},+1212${2_000_000 + index}`)
  const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(['name,phone', 'Short,12', ...good, 'Letters,2O2 555 O1O1'].join('\n')) }
  await page.goto(`${stack.app_url}/contacts/import`)
  await page.locator('input[type=file]').setInputFiles(file)
  await expect(page.getByRole('combobox', { name: 'What “phone” becomes' })).toContainText('Phone')
  await expectGoodLooks(page)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('radio', { name: /Nothing to record/ }).click()
  await page.reload()
  await expect(page.getByRole('radio', { name: /Nothing to record/ }), 'a reload loses no answer').toBeChecked()
  await page.getByRole('button', { name: 'Next' }).click()

  const short = page.getByLabel('Phone of row 2', { exact: true })
  await short.fill('+1 212 456 7801')
  await short.press('Enter')
  await expect(page.getByRole('cell', { name: 'Goes in now' })).toBeVisible()
  await expectGoodLooks(page)

  await page.route(rpc('import_contacts'), async (route) => {
    const { chunk } = route.request().postDataJSON() as { chunk: number }
    await (chunk === 1 ? route.abort() : route.continue())
  })
  await page.getByRole('button', { name: 'Import 2,501 rows' }).click()
  await expect(page.getByText('The import stopped on the way')).toBeVisible()
  await expectGoodLooks(page)
  await page.unroute(rpc('import_contacts'))
  const sent: number[] = []
  page.on('request', (request) => request.url().endsWith('/import_contacts') && sent.push((request.postDataJSON() as { chunk: number }).chunk))
  await page.reload()
  await expect(page.getByText('people.csv is in')).toBeVisible()
  expect(sent, 'what is in stays in').not.toContain(0)
  await expect(page.getByRole('cell', { name: 'There are letters in the number.' })).toBeVisible()
  await expectGoodLooks(page)

  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download refused rows' }).click()
  expect(readFileSync(await (await waiting).path(), 'utf8')).toContain('Letters,2O2 555 O1O1,2503,There are letters in the number.')

  await page.getByRole('button', { name: 'Undo import' }).click()
  await expect(page.getByRole('alertdialog').getByText('2,501 contacts are deleted.'), 'said before it happens').toBeVisible()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Undo import' }).click()
  await expect(page.getByText('2,501 contacts were deleted.')).toBeVisible()
  await page.goto(`${stack.app_url}/contacts/import`)
  await page.locator('input[type=file]').setInputFiles(file)
  await expect(page.getByText('This file was imported already')).toBeVisible()
  await page.goto(`${stack.app_url}/contacts/imports`)
  await expect(page.getByRole('row', { name: /people.csv/ })).toContainText('Taken back')
  await expectGoodLooks(page)
})

test('a workbook is read with its dates and whole numbers, another sheet of it too, and goes on unseen on other pages', async ({ browser, stack }) => {
  const page = await pageOf(browser, await openWebAccount(stack))
  await page.goto(`${stack.app_url}/contacts/import`)
  await page.locator('input[type=file]').setInputFiles('tests/fixtures/contacts/people.excel.xlsx')
  await expect(page.getByText('1990-02-28 · 2001-12-31')).toBeVisible()
  await page.getByRole('combobox', { name: 'Sheet' }).click()
  await page.getByRole('option', { name: 'Secret & old' }).click()
  await expect(page.getByText('12025550101')).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('radio', { name: /Nothing to record/ }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.route(rpc('import_contacts'), lost)
  await page.getByRole('button', { name: 'Import 1 row' }).click()
  await page.getByRole('link', { name: 'Dashboard' }).click()
  const strip = page.getByRole('complementary', { name: 'Import contacts' })
  await expect(strip).toContainText('people.excel.xlsx')
  await page.unroute(rpc('import_contacts'))
  await expect(strip).toContainText('people.excel.xlsx is in')
  await strip.getByRole('link', { name: 'Show' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'people.excel.xlsx' })).toBeVisible()
  await expect(page.getByText('Finished')).toBeVisible()
  await expect(page.getByText('to go on')).toHaveCount(0)

  await page.goto(`${stack.app_url}/contacts/import`)
  await page.locator('input[type=file]').setInputFiles('tests/fixtures/contacts/people.utf8.csv')
  await expect(page.getByText('What the columns mean')).toBeVisible()
  const kept = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
  await expect.poll(kept).toContain('outdial-imports')
  await page.getByRole('button', { name: /Ada Lovelace/ }).click()
  await untilLoadedAnew(page, () => page.getByRole('menuitem', { name: 'Sign out' }).click())
  await expect(page).toHaveURL(/sign-in/)
  await expect.poll(kept, 'no file of people stays on the machine').not.toContain('outdial-imports')
})
