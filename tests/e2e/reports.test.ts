/** What calls came to: figures that lead to their calls, by days that one chooses, and the same numbers in files. */
import { readFile } from 'node:fs/promises'
import type { Download, Page } from '@playwright/test'
import { readZip } from '../../business/services/zip.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import { createList } from '../factories/group.ts'
import { pagesOf } from '../support/pdfText.ts'
import { addViewer, giveMinutes, openWebAccount, type WebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

/** Interested, nobody there, busy, a machine: by the last digits of the number. */
const PEOPLE = ['07', '07', '03', '02', '04'].map((ending, index) => ({ name: `Person ${index}`, phone: newPhone(ending) }))

async function calledThrough(account: WebAccount): Promise<void> {
  const { campaignId, contactIds } = await startedCampaign(account, { contacts: PEOPLE, content: { name: '=Spring', max_attempts: 1 }, assistant: { record_calls: false } })
  const list_id = await createList(account, { name: 'Fair' })
  await account.owner.rpc('set_list_members', { list_id, selection: { account_id: account.accountId, contact_ids: contactIds.slice(0, 3) }, is_member: true })
  await expect.poll(async () => (await account.owner.rpc<{ status: string }>('get_campaign', { campaign_id: campaignId })).status).toBe('completed')
}

const numberIn = async (page: Page, label: string) =>
  (await page.getByRole('region', { name: 'Figures' }).locator('section').filter({ has: page.getByRole('link', { name: label, exact: true }) }).locator('div').first().innerText()).trim()

/** How many calls the log shows that the page leads to. */
async function callsShown(page: Page): Promise<number> {
  await expect(page.getByRole('heading', { name: 'Calls', level: 1 })).toBeVisible()
  await expect(page.getByText(/^1–\d+ of \d+$/)).toBeVisible()
  return Number((await page.getByText(/^1–\d+ of \d+$/).innerText()).split(' ').at(-1))
}

async function download(page: Page, item: RegExp): Promise<Download> {
  await page.getByRole('button', { name: 'Download' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()])
  return file
}

const bytesOf = async (file: Download) => new Uint8Array(await readFile(await file.path()))

async function sheetsOf(file: Download): Promise<Record<string, string>> {
  const parts = await readZip(new Blob([await bytesOf(file)]))
  const textOf = async (name: string) => new Response(parts.get(name)!()).text()
  const names = [...(await textOf('xl/workbook.xml')).matchAll(/sheet name="([^"]*)"/g)].map(([, name]) => name!)
  return Object.fromEntries(await Promise.all(names.map(async (name, index) => [name, await textOf(`xl/worksheets/sheet${index + 1}.xml`)] as const)))
}

test('every figure of a report leads to its calls, and its files say the same', async ({ browser, stack }) => {
  const account = await openWebAccount(stack, { company: 'Analytical Engines' })
  await giveMinutes(stack, account.accountId, 60)
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/reports`)
  await expect(page.getByRole('heading', { name: 'No call yet' })).toBeVisible()
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await calledThrough(account)

  await page.goto(`${stack.app_url}/`)
  await expect(page.getByRole('region', { name: 'How it went' }).getByText('compared')).toHaveCount(0)
  await expect(page.getByText(/no call in .* to compare with/)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Figures' }).getByText('5', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: /Minutes today/ }).click()
  expect(await callsShown(page)).toBe(5)
  await page.goBack()
  await page.getByRole('combobox', { name: 'Which days' }).click()
  await page.getByRole('option', { name: 'Today' }).click()
  await expect(page).toHaveURL(/range=today/)
  await page.getByRole('link', { name: 'Whole report' }).click()
  await expect(page).toHaveURL(/\/reports\?range=today/)
  await expect(page.getByRole('heading', { name: 'Calls an hour' })).toBeVisible()
  await expect(page.getByRole('row', { name: /Fair/ })).toBeVisible()
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 1440, height: 900 })

  expect(await numberIn(page, 'Calls')).toBe('5')
  expect(await numberIn(page, 'Successful')).toBe('2')
  for (const [label, calls] of [['Calls', 5], ['Answer rate', 2], ['Successful', 2], ['Minutes', 5]] as const) {
    await page.getByRole('region', { name: 'Figures' }).getByRole('link', { name: label, exact: true }).click()
    expect(await callsShown(page), label).toBe(calls)
    await page.goBack()
  }
  await page.getByRole('link', { name: /^.*: 5 calls, 2 answered$/ }).first().click()
  expect(await callsShown(page), 'a bar').toBe(5)
  await page.goBack()
  await page.getByRole('row', { name: /Fair/ }).getByRole('link').nth(1).click()
  expect(await callsShown(page), 'a list').toBe(3)
  await expect(page.getByRole('button', { name: /Fair/ })).toBeVisible()
  await page.goBack()
  await page.getByRole('link', { name: /of \d calls? answered|of one call answered/ }).first().click()
  await expect(page.getByRole('button', { name: /where they are/ }).first(), 'an hour of their week').toBeVisible()
  await page.goBack()

  const pdf = await download(page, /PDF/)
  expect(pdf.suggestedFilename()).toMatch(/^report-\d{4}-\d\d-\d\d-to-.*\.pdf$/)
  const words = (await pagesOf(await bytesOf(pdf))).join('')
  for (const text of ['Analytical Engines', 'America/New_York', 'By campaign', '=Spring', 'By list', 'Fair']) expect(words).toContain(text)
  const sheets = await sheetsOf(await download(page, /XLSX/))
  expect(Object.keys(sheets)).toEqual(expect.arrayContaining(['Report', 'Figures', 'How calls ended', 'By campaign', 'By assistant', 'By list']))
  expect(sheets.Figures).toContain('<t>Calls</t></is></c><c><v>5</v></c>')
  expect(sheets['By campaign'], 'no formula').toContain(`'=Spring`)

  await page.getByRole('combobox', { name: 'Which days' }).click()
  await page.getByRole('option', { name: 'Other days' }).click()
  await page.getByLabel('From').fill('2026-01-01')
  await page.getByLabel('To', { exact: true }).fill('2026-01-31')
  await expect(page.getByText('No call in these days.')).toBeVisible()
  await expect(page).toHaveURL(/from=2026-01-01&to=2026-01-31|to=2026-01-31&from=2026-01-01/)

  const viewer = await pageOf(browser, await addViewer(stack, account))
  await viewer.addInitScript((id) => sessionStorage.setItem('outdial-account', id), account.accountId)
  await viewer.goto(`${stack.app_url}/reports?range=total`)
  await expect(viewer.getByText('nothing before it to compare with')).toBeVisible()
  await expect(viewer.getByRole('region', { name: 'Figures' }).getByText('5', { exact: true })).toBeVisible()
  await expect(viewer.getByText('Spend'), 'whoever reads no bills sees no prices').toHaveCount(0)
})
