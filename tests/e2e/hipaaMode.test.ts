/** An owner whose calls speak of health turns HIPAA mode on: not without a second factor, after being told what it does, and it holds at once. */
import { totpOf } from '../../supabase/local/auth/totp.ts'
import { openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectDialogAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('an owner turns HIPAA mode on once they have a second factor, and what is kept is kept for thirty days', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const page = await pageOf(browser, account)
  const mode = page.getByRole('switch', { name: 'HIPAA mode' })
  const question = page.getByRole('alertdialog', { name: 'Turn HIPAA mode on?' })
  await page.goto(`${stack.app_url}/settings/privacy`)
  await mode.click()
  await expect(question).toContainText('Only owners and admins see names')
  await expectDialogAccessible(page)
  await question.getByRole('button', { name: 'Turn on' }).click()
  await expect(question.getByText(/second factor yourself/)).toBeVisible()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(mode).not.toBeChecked()

  await page.goto(`${stack.app_url}/settings/security`)
  await page.getByRole('button', { name: 'Connect an app' }).click()
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible()
  const secret = (await page.locator('code').innerText()).replaceAll(/\s/g, '')
  await page.getByLabel('Code of the app').fill(totpOf(secret, Date.now() / 1000))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Second factor' }).getByRole('listitem')).toHaveCount(1)

  await page.goto(`${stack.app_url}/settings/privacy`)
  await mode.click()
  await question.getByRole('button', { name: 'Turn on' }).click()
  await expect(mode).toBeChecked()
  await expect(page.getByRole('spinbutton', { name: 'Days after the call' })).toHaveValue('30')
  await expect(page.getByRole('radio', { name: 'Without an end' })).toBeDisabled()
  await expectGoodLooks(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await mode.click()
  await page.getByRole('alertdialog', { name: 'Turn HIPAA mode off?' }).getByRole('button', { name: 'Turn off' }).click()
  await expect(mode).not.toBeChecked()
})
