/** Minutes bought, refunded and topped up by themselves, over the payment page of the simulated provider. */
import type { Page } from '@playwright/test'
import { startedCampaign } from '../factories/campaign.ts'
import { addViewer, openWebAccount } from '../support/webAccount.ts'
import { expect, test, type RunningStack } from './stack.ts'
import { expectAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

const useCard = (page: Page, title: string) => page.getByRole('button', { name: `Use: ${title}`, exact: true }).click()

/** In every look, and then as wide as before. */
async function lookAt(page: Page): Promise<void> {
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 1440, height: 900 })
}

/** What the newest payment's button on the provider's own control page does. */
async function atProvider(stack: RunningStack, label: string): Promise<void> {
  const { payments } = await (await fetch(`${stack.app_url}/payments/state`)).json() as { payments: { actions: { path: string, body: object, label: string }[] }[] }
  const action = payments.flatMap(({ actions }) => actions).find((known) => known.label === label)
  const answer = await fetch(`${stack.app_url}/payments/${action?.path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(action?.body) })
  expect(answer.ok, await answer.text()).toBe(true)
}

test('a declined card costs nothing, a good one buys the pack, and a refund is seen in the wallet', async ({ browser, stack }) => {
  const page = await pageOf(browser, await openWebAccount(stack))
  await page.goto(`${stack.app_url}/billing`)
  await expect(page.getByText('20:00 min available')).toBeVisible()
  await lookAt(page)
  await page.getByRole('radio', { name: /^50 minutes/ }).click()
  await page.getByRole('button', { name: 'Pay $30.00' }).click()
  await useCard(page, 'Is declined')
  await expect(page.getByRole('alert')).toContainText('declined')
  await useCard(page, 'Pays')
  await expect(page.getByText('50:00 min were added')).toBeVisible()
  await expect(page.getByText('70:00 min available'), 'the sidebar heard of it').toBeVisible()

  await page.getByRole('link', { name: 'Orders' }).click()
  const row = page.getByRole('row', { name: /50 minutes/ })
  await expect(row.getByText('Paid')).toBeVisible()
  const [invoice] = await Promise.all([page.waitForEvent('download'), row.getByRole('button', { name: 'Download invoice' }).click()])
  expect(invoice.suggestedFilename()).toMatch(/\.pdf$/)
  await lookAt(page)

  await page.getByRole('link', { name: 'Ledger' }).click()
  await expect(page.getByRole('row', { name: /Purchase.*\+50:00.*70:00/ })).toBeVisible()
  await atProvider(stack, 'Refund')
  await expect(page.getByRole('row', { name: /Refund.*−50:00.*20:00/ })).toBeVisible()
  await lookAt(page)
  await page.getByRole('button', { name: 'Export' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /CSV/ }).click()])
  expect(file.suggestedFilename()).toMatch(/^ledger-.*\.csv$/)
  await page.getByRole('button', { name: 'Export' }).click()
  const [print] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /PDF/ }).click()])
  expect(print.suggestedFilename()).toMatch(/^ledger-.*\.pdf$/)
})

test('an amount of one\'s own is quoted while it is typed, survives going back, and asks the bank of its card', async ({ browser, stack }) => {
  const page = await pageOf(browser, await openWebAccount(stack))
  await page.goto(`${stack.app_url}/billing`)
  await page.getByRole('radio', { name: /Another amount/ }).click()
  await page.keyboard.type('9')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Use whole amounts from $10 to $5,000.')).toBeVisible()
  await page.keyboard.type('0')
  await expect(page.getByText('Buys 225:00 min at $0.40 a minute.')).toBeVisible()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Cancel and go back' }).click()
  await expect(page.getByText('$90.00 for 225:00 min is not paid yet')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await useCard(page, 'Asks its owner every time (3-D Secure)')
  await page.getByRole('button', { name: 'Yes, it is me' }).click()
  await expect(page.getByText('225:00 min were added')).toBeVisible()

  await page.goto(`${stack.app_url}/billing`)
  await page.getByRole('button', { name: 'Pay $50.00' }).click()
  await page.getByRole('link', { name: 'Cancel and go back' }).click()
  await page.getByRole('button', { name: 'Cancel the order' }).click()
  await expect(page.getByText('The order was canceled')).toBeVisible()
})

test('minutes are bought by themselves while a campaign runs, from a card that was saved before', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/billing/settings`)
  await expect(page.getByRole('switch', { name: 'Automatic top-up' }), 'without a card there is nothing to charge').toBeDisabled()
  await page.getByRole('button', { name: 'Add a card' }).click()
  await useCard(page, 'Pays')
  await expect(page.getByText('Visa •••• 4242')).toBeVisible()

  await startedCampaign(account, { contacts: [1, 2, 3].map((index) => ({ name: `Person ${index}`, phone: `+1212456${index}001` })), content: { max_attempts: 1 } })
  await page.getByRole('switch', { name: 'Automatic top-up' }).click()
  await expect(page.getByText('When fewer than 30 minutes are left, we charge Visa •••• 4242 $50 for 100 minutes, at most $200 a month.')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).first().click()
  await expect(page.getByText('Automatic top-up is on')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save' }).first(), 'nothing is left to save').toBeDisabled()
  await lookAt(page)
  await page.goto(`${stack.app_url}/billing/ledger`)
  await expect(page.getByRole('row', { name: /Purchase.*\+100:00/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /^Call/ })).toHaveCount(3)
  await page.goto(`${stack.app_url}/billing/orders`)
  await expect(page.getByRole('row', { name: /Automatic top-up.*Paid/ })).toBeVisible()
})

test('a viewer finds no way to billing, and the page says why', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const page = await pageOf(browser, await addViewer(stack, account))
  await page.addInitScript((id) => sessionStorage.setItem('outdial-account', id), account.accountId)
  await page.goto(`${stack.app_url}/billing`)
  await expect(page.getByText('Your role may not see billing')).toBeVisible()
  await expect(page.getByRole('link', { name: /Billing|Top up/ })).toHaveCount(0)
  await expectAccessible(page)
})
