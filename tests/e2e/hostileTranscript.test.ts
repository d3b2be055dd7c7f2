/** Whatever a transcript holds, a call's page shows it as words and stays usable: five megabytes of it, markup, and marks that turn a line. */
import { startedCampaign } from '../factories/campaign.ts'
import { asAdmin, giveMinutes, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

const hostile = ['<img src=x onerror="document.title=\'taken\'"><script>document.title=\'taken\'</script>', '\u202Etxet desrever\u202C and on', 'مرحبا، أرسل لي العرض', 'red \u001B[31m bell \u0007',
  'x'.repeat(1_000_000)]

test('a transcript of five megabytes with markup and marks of direction is read and paged through', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  await startedCampaign(account, { contacts: [{ name: 'Ida Interested', phone: '+12124567818' }, { name: 'Ulla Untold', phone: '+12124561018' }], content: { max_attempts: 1 } })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/calls`)
  await page.getByRole('row', { name: /Ulla Untold/ }).getByRole('link').click()
  await expect(page.getByText('found in the transcript by simple rules', { exact: false }), 'nobody else analysed it').toBeVisible()
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 1440, height: 900 })

  const turns = [...hostile.map((text) => ({ role: 'contact', text, seconds_from_start: null, duration_seconds: null })),
    ...Array.from({ length: 20_000 }, (_, index) => ({ role: index % 2 ? 'contact' : 'assistant', text: `Line ${index} ${'word '.repeat(38)}`, seconds_from_start: index / 100, duration_seconds: 0 }))]
  const id = page.url().split('/').at(-1)!
  await asAdmin(stack, (sql) => sql`update public.call_transcripts set turns = ${JSON.stringify(turns).replaceAll('\\u0000', '')}::text::jsonb, words = null where call_id = ${id}`)
  const began = Date.now()
  await page.reload()
  await expect(page.getByText('Line 0 word')).toBeVisible()
  const shownAfter = Date.now() - began
  await expect(page.getByText(hostile[0]!)).toBeVisible()
  expect(await page.title()).not.toContain('taken')
  expect(await page.getByText('and on').textContent()).not.toMatch(/[\u202A-\u202E]/)
  const pressed = Date.now()
  await page.getByRole('button', { name: /^Show more \(19,705 lines/ }).click()
  await expect(page.getByText('Line 400 word')).toBeVisible()
  const moreAfter = Date.now() - pressed
  await page.getByRole('button', { name: 'Show the whole line (1,000,000 letters)' }).click()
  await expect(page.getByRole('button', { name: /^Show the whole line/ })).toHaveCount(0)
  process.stdout.write(`5 MB transcript: shown after ${shownAfter} ms, more lines after ${moreAfter} ms\n`)
  await page.setViewportSize({ width: 360, height: 800 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth), 'nothing is wider than the screen').toBeLessThanOrEqual(360)
})
