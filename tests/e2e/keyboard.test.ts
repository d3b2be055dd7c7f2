/** The whole way without a mouse: in, through the menu and the commands, to a decision and back out of it. */
import { createCampaign } from '../factories/campaign.ts'
import { openWebAccount, PASSWORD } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'

test('signs in, finds a campaign and thinks twice about stopping it, by keyboard alone', async ({ page, stack }) => {
  const account = await openWebAccount(stack)
  const { campaignId } = await createCampaign(account, { content: { name: 'Spring' } })
  await page.goto(`${stack.app_url}/sign-in`)
  await expect(page.getByLabel('E-mail'), 'typing can begin at once').toBeFocused()
  await page.keyboard.type(account.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible()

  await page.reload()
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible()
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to the content' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('textbox', { name: /Go to or do/ })).toBeFocused()
  await page.keyboard.type('camp')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Campaigns', level: 1 })).toBeVisible()
  const row = page.getByRole('link', { name: 'Spring' })
  for (let presses = 0; presses < 40 && !(await row.evaluate((link) => link === document.activeElement)); presses++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(campaignId))

  const more = page.getByRole('button', { name: 'More actions' })
  await more.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Delete' }), 'what destroys stands last').toBeFocused()
  await page.keyboard.press('Enter')
  const question = page.getByRole('alertdialog', { name: 'Delete this draft?' })
  await expect(question).toBeVisible()
  await expect(question.getByRole('button', { name: 'Cancel' }), 'the harmless answer is the near one').toBeFocused()
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await expect(more, 'the focus is where it came from').toBeFocused()
})
