/** Finding contacts, keeping the way they were found, and changing all of them at once. */
import { readFileSync } from 'node:fs'
import { importPeople, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectDialogAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

const people = (word: string, count: number, from: number) => Array.from({ length: count }, (_, index) => ({ name: `${word} ${index}`, phone: `+1212${from + index}` }))

test('what is done to all that a filter finds is done to all of them, and the filter lives in the address', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await importPeople(account, [...people('Warm', 25, 2_000_000), ...people('Cold', 5, 2_100_000)])
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/contacts?q=Warm&sort=name`)
  await expect(page.getByText('1–20 of 25', { exact: true })).toBeVisible()
  await page.getByRole('checkbox', { name: 'Choose everybody on this page' }).click()
  const bar = page.getByRole('region', { name: 'Chosen contacts' })
  await expect(bar.getByText('20 chosen')).toBeVisible()
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await bar.getByRole('button', { name: 'Choose all 25 that fit' }).click()
  await bar.getByRole('button', { name: 'Tag' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change tags' })
  await dialog.getByLabel('New tag').fill('May')
  await expectDialogAccessible(page)
  await dialog.getByRole('button', { name: 'Give tags' }).click()
  await expect(dialog.getByText('25 tags were given.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(bar, 'what was done is done').toHaveCount(0)

  await page.getByRole('searchbox').fill('')
  await expect(page.getByText('1–20 of 30', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('dialog', { name: 'Filters' }).getByRole('checkbox', { name: 'May' }).click()
  await expectDialogAccessible(page)
  await page.getByRole('button', { name: 'Show contacts' }).click()
  await expect(page.getByText('1–20 of 25', { exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByText('1–20 of 25', { exact: true }), 'the address keeps the filter').toBeVisible()
  await expect(page.getByRole('button', { name: 'Take back: May' })).toBeVisible()

  await page.getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()])
  expect(readFileSync(await download.path(), 'utf8').trim().split('\r\n')).toHaveLength(26)
})
