/** How somebody signs in: a changed address and password, a sign-in by mail, every device signed out, and a second factor that an account asks for. */
import type { Page } from '@playwright/test'
import { totpOf } from '../../supabase/local/auth/totp.ts'
import { addViewer, openWebAccount, PASSWORD } from '../support/webAccount.ts'
import { expect, test, type RunningStack } from './stack.ts'
import { expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'
import { untilLoadedAnew } from './support/untilLoadedAnew.ts'

const linkIn = async (stack: RunningStack, address: string) => /href="([^"]+verify[^"]+)"/.exec(await stack.mailTo(address))?.[1]?.replaceAll('&amp;', '&') ?? ''
const dashboard = (page: Page) => expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible()
const settings = (page: Page, stack: RunningStack) => page.goto(`${stack.app_url}/settings/security`)

async function signIn(page: Page, stack: RunningStack, email: string, password: string) {
  await page.goto(`${stack.app_url}/sign-in`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
}

test('a person changes password and address, and other devices are signed out', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const page = await pageOf(browser, account)
  const there = await (await browser.newContext()).newPage()
  const next = `next.${account.email}`
  await signIn(there, stack, account.email, PASSWORD)
  await dashboard(there)

  await test.step('the password, for the present one', async () => {
    await settings(page, stack)
    await page.getByLabel('Present password').fill('Wrong#1843')
    await page.getByLabel('New password').fill('Difference#1822')
    await page.keyboard.press('Enter')
    await expect(page.getByText('This is not your present password.')).toBeVisible()
    await page.getByLabel('Present password').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await expect(page.getByText('Your password is changed').first()).toBeVisible()
    await expectGoodLooks(page)
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  await test.step('the other device is told at its next step, or before, when it reads something by itself', async () => {
    await there.getByRole('link', { name: 'Campaigns' }).or(there.getByRole('heading', { name: 'Sign in' })).first().click()
    await expect(there).toHaveURL(/\/sign-in\?next=/)
  })

  await test.step('the address, by the links of two mails', async () => {
    await page.getByLabel('New e-mail').fill(next)
    await page.getByRole('button', { name: 'Change e-mail' }).click()
    await expect(page.getByText('Open both mails')).toBeVisible()
    await expect.poll(() => linkIn(stack, next)).toContain('email_change')
    await there.goto(await linkIn(stack, next))
    await expect(there.getByRole('heading', { name: 'One of two links is opened' })).toBeVisible()
    await page.goto(await linkIn(stack, account.email))
    await expect(page.getByRole('heading', { name: 'Your e-mail is changed' })).toBeVisible()
    await expect(page).toHaveURL(`${stack.app_url}/auth/email-change`)
    await signIn(there, stack, next, 'Difference#1822')
    await dashboard(there)
  })
})

test('a person signs in by mail, and out everywhere', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  const there = await (await browser.newContext()).newPage()
  await signIn(page, stack, account.email, PASSWORD)
  await dashboard(page)
  for (const address of ['nobody.knows.me@example.com', account.email]) {
    await there.goto(`${stack.app_url}/sign-in`)
    await there.getByRole('link', { name: 'Sign in by mail' }).click()
    // Both pages ask for an address.
    await expect(there.getByRole('heading', { name: 'Sign in by mail' })).toBeVisible()
    await there.getByLabel('E-mail').fill(address)
    await there.keyboard.press('Enter')
    await expect(there.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  }
  await expect.poll(() => linkIn(stack, account.email)).toContain('magiclink')
  await there.goto(await linkIn(stack, account.email))
  await dashboard(there)
  await settings(page, stack)
  const tab = await page.context().newPage()
  await settings(tab, stack)
  await expect(tab.getByRole('button', { name: 'Sign out everywhere' })).toBeVisible()
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await untilLoadedAnew(page, () => page.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere' }).click())
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(tab).toHaveURL(/\/sign-in/)
  // Opened anew, as after a night.
  await there.goto(`${stack.app_url}/campaigns`)
  await expect(there).toHaveURL(/\/sign-in\?next=\/campaigns/)
})

test('an owner connects an app and asks everybody for one: nobody comes in without, and nobody is stuck', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const viewer = await addViewer(stack, account)
  const page = await pageOf(browser, account)
  const colleague = await pageOf(browser, viewer)
  const secretOn = async (shown: Page) => (await shown.locator('code').innerText()).replaceAll(/\s/g, '')
  const write = async (shown: Page, secret: string) => {
    await shown.getByLabel('Code of the app').fill(totpOf(secret, Date.now() / 1000))
    await shown.keyboard.press('Enter')
  }
  await colleague.goto(stack.app_url)
  await colleague.evaluate((id) => sessionStorage.setItem('outdial-account', id), account.accountId)
  await colleague.goto(`${stack.app_url}/campaigns`)
  await expect(colleague.getByRole('heading', { name: 'Campaigns', exact: true })).toBeVisible()

  const secret = await test.step('the owner connects an app', async () => {
    await settings(page, stack)
    await page.getByRole('button', { name: 'Connect an app' }).click()
    await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible()
    const shown = await secretOn(page)
    await page.getByLabel('Code of the app').fill('000000')
    await page.keyboard.press('Enter')
    await expect(page.getByText('This code is wrong')).toBeVisible()
    await write(page, shown)
    await expect(page.getByRole('list', { name: 'Second factor' }).getByRole('listitem')).toHaveCount(1)
    return shown
  })

  await test.step('and asks everybody for one: an open page of a colleague closes, and opens after the set-up', async () => {
    await page.getByRole('switch', { name: /needs a second factor/ }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Ask for it' }).click()
    await expect(page.getByRole('switch', { name: /needs a second factor/ })).toBeChecked()
    await expect(colleague.getByRole('heading', { name: 'Set up a second factor' })).toBeVisible()
    await expect(colleague.getByRole('img', { name: /QR code/ })).toBeVisible()
    await expectGoodLooks(colleague)
    await colleague.setViewportSize({ width: 1440, height: 900 })
    await write(colleague, await secretOn(colleague))
    await expect(colleague.getByRole('heading', { name: 'Campaigns', exact: true })).toBeVisible()
  })

  await test.step('the next sign-in asks for a code', async () => {
    const there = await (await browser.newContext()).newPage()
    await signIn(there, stack, account.email, PASSWORD)
    await expect(there.getByRole('heading', { name: 'Show your second factor' })).toBeVisible()
    await there.goto(`${stack.app_url}/contacts`)
    await expect(there.getByRole('heading', { name: 'Show your second factor' })).toBeVisible()
    await write(there, secret)
    await expect(there.getByRole('heading', { name: 'Contacts', exact: true })).toBeVisible()
  })

  await test.step('the app is removed with one more code', async () => {
    await page.getByRole('switch', { name: /needs a second factor/ }).click()
    await expect(page.getByRole('switch', { name: /needs a second factor/ })).not.toBeChecked()
    await page.getByRole('button', { name: 'Remove' }).click()
    await write(page, secret)
    await expect(page.getByRole('button', { name: 'Connect an app' })).toBeVisible()
  })
})
