/** The control page of the simulated carrier, reached from the banner, while the product calls. */
import { startedCampaign } from '../factories/campaign.ts'
import { asAdmin, openWebAccount, pauseByRule } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectAccessible } from './support/looks.ts'

// Whoever opens the page for the first time finds the carrier at this pace.
test.use({ carrierSpeed: 4 })

test('the carrier shows its calls, lets people hang up, and breaks when it is told to', async ({ page, stack }) => {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  // Everybody's calls are on this page: what other tests left running would be, too.
  const active = await asAdmin(stack, (sql) => sql<{ id: string }[]>`select id from public.campaigns where status = 'active'`)
  for (const { id } of active) await pauseByRule(stack, id, 'assistant')
  const account = await openWebAccount(stack)
  await account.enter(page.context())
  await page.goto(stack.app_url)
  await page.getByRole('complementary', { name: 'About this stack' }).getByRole('link', { name: 'Carrier' }).click()
  const calls = page.getByRole('list', { name: 'Running calls' })
  const lastCall = page.getByRole('list', { name: 'Last calls' }).getByRole('listitem').filter({ hasText: '+12124567014' })

  await test.step('is calm when nothing happens', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'Simulated carrier' })).toBeVisible()
    await expect(page.getByText('No call is running.', { exact: false })).toBeVisible()
    await expect(page.getByText('…07', { exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Mail inbox' })).toHaveAttribute('href', stack.mail_url)
    await expectAccessible(page)
  })

  await test.step('moves the clock, and the pages follow', async () => {
    const clock = page.getByRole('region', { name: /^Clock/ })
    await clock.getByRole('button', { name: 'Forward an hour' }).click()
    await expect(page.getByRole('status').filter({ hasText: /It is .* for your contacts in New York/ })).toBeAttached()
    await page.goto(stack.app_url)
    const banner = page.getByRole('complementary', { name: 'About this stack' })
    await banner.getByRole('button', { name: /in New York/ }).click()
    const popover = page.getByRole('dialog', { name: /in New York/ })
    await expect(popover.getByText(/It is 10:\d\d AM for your contacts in New York/)).toBeVisible()
    await expectAccessible(page)
    await popover.getByRole('button', { name: /^Move to .* 9:00 AM/ }).press('Enter')
    await expect(popover.getByText(/It is 9:00 AM for your contacts in New York/)).toBeVisible()
    await page.keyboard.press('Escape')
    await banner.getByRole('link', { name: 'Carrier' }).click()
    await expect(page.getByText(/ahead of real time/)).toBeVisible()
  })

  await test.step('takes speed and faults, by keyboard too', async () => {
    const speeds = page.getByRole('group', { name: 'Speed' })
    await expect(speeds.getByRole('radio', { name: '×4' })).toBeChecked()
    await speeds.getByRole('radio', { name: '×4' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('status').filter({ hasText: 'Waiting runs 20 times as fast.' })).toBeAttached()
    await page.getByRole('spinbutton', { name: /Reports cost null/ }).fill('3')
    await page.keyboard.press('Enter')
    await expect(page.getByText('· 3 to come')).toBeVisible()
    await page.getByRole('button', { name: /Switch off: Reports cost null/ }).press('Enter')
    await expect(page.getByRole('button', { name: /Switch on: Reports cost null/ })).toBeFocused()
    await page.getByRole('button', { name: /Switch on: Ends with a reason that nobody/ }).click()
    await expect(page.getByRole('heading', { name: 'Faults 1 on' })).toBeVisible()
    await page.getByRole('button', { name: 'Switch all off' }).click()
    await expect(page.getByRole('heading', { name: 'Faults all off' })).toBeVisible()
  })

  await test.step('shows a call while it is spoken, and ends it', async () => {
    await page.getByRole('radio', { name: 'Real time' }).check({ force: true })
    await startedCampaign(account, { contacts: [{ phone: '+12124567014', name: 'Grace Hopper' }] })
    const row = calls.getByRole('listitem').filter({ hasText: '+12124567014' })
    await expect(row.getByText('Ringing')).toBeVisible()
    await expect(row.getByText('In call')).toBeVisible()
    await expect(row).toContainText('Haggles about the price')
    await expect(row).toContainText(/Assistant: Hi Grace Hopper/)
    await expectAccessible(page)
    await row.getByRole('button', { name: 'Hang up +12124567014' }).click()
    await expect(lastCall.getByText('customer-ended-call')).toBeVisible()
    await expect(page.getByText('None. No attempt was dialled twice', { exact: false })).toBeVisible()
  })

  await test.step('fits a phone, in the dark too', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.reload()
    await expect(lastCall.getByText('customer-ended-call')).toBeVisible()
    await page.getByText('Recordings', { exact: true }).click()
    await expect(page.getByText('recording_missing')).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0)
    await expectAccessible(page)
    // As it was found: the tests after this one have no time for real time.
    await page.getByRole('radio', { name: '×4' }).check({ force: true })
    await expect(page.getByRole('status').filter({ hasText: '4 times as fast' })).toBeAttached()
  })

  expect(problems).toEqual([])
})
