/** A person who asks to be forgotten: erased on their page, gone from the list, and never added again. */
import { startedCampaign } from '../factories/campaign.ts'
import { openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectDialogAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('who was called is erased at their wish: the call stays, they do not, and their number is not taken again', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const { contactIds } = await startedCampaign(account, { contacts: [{ name: 'Grace Hopper', phone: '+12125550101' }], content: { max_attempts: 1 } })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/contacts/${contactIds[0]}`)
  await expect(page.getByText('Spring, attempt 1: Answered')).toBeVisible({ timeout: 60_000 })

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
})
