/** Who is being called right now: an operator reads along and ends a call, a viewer looks on, and both see who comes next. */
import type { Page } from '@playwright/test'
import { startedCampaign } from '../factories/campaign.ts'
import { addViewer, giveMinutes, openWebAccount } from '../support/webAccount.ts'
import { expect, setCarrierSpeed, test } from './stack.ts'
import { expectDialogAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

/** Slow enough to be read along, and to be ended in the middle. */
const slow = 1.5

test.use({ carrierSpeed: slow })

test('an operator reads a call along and ends it, a viewer sees it masked and cannot', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 600)
  const { campaignId } = await startedCampaign(account, {
    // More than are called while anybody looks: somebody waits to the end.
    contacts: Array.from({ length: 16 }, (_, index) => ({ name: `Person ${index + 1}`, phone: `+1212456${100 + index}01` })),
    content: { name: 'Autumn', concurrency_max: 2, max_attempts: 1 } })
  const page = await pageOf(browser, account)
  const looker = await pageOf(browser, await addViewer(stack, account))
  const rows = (of: Page) => of.getByRole('region', { name: 'Calls in progress' }).getByRole('row')
  const panel = page.getByRole('dialog', { name: /Call with/ })

  await test.step('both see the calls come, with their state, beside the log', async () => {
    await page.goto(`${stack.app_url}/calls`)
    await page.getByRole('navigation', { name: 'Calls' }).getByRole('link', { name: 'Live' }).click()
    await expect(rows(page).filter({ hasText: 'In call' }).first()).toBeVisible()
    await expect(page.getByRole('group', { name: 'Where the calls stand' }).getByRole('button', { name: /In call [12]/ })).toBeVisible()
    await looker.goto(`${stack.app_url}/campaigns/${campaignId}`)
    await looker.getByRole('link', { name: /Calls now/ }).click()
    await expect(looker).toHaveURL(/calls\/live\?campaign=/)
    await expect(rows(looker).filter({ hasText: '•••' }).first()).toBeVisible()
    await expect(looker.getByRole('button', { name: /End call/ })).toHaveCount(0)
  })

  await test.step('the operator reads along, and ends the call', async () => {
    const row = rows(page).filter({ hasText: 'In call' }).first()
    await row.getByRole('button').first().click()
    await expect(panel.getByRole('log').getByRole('listitem').first()).toBeVisible()
    await expectDialogAccessible(page)
    await panel.getByRole('button', { name: 'End call' }).click()
    const question = page.getByRole('alertdialog')
    await expect(question).toContainText('What was talked so far is billed')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(panel.getByRole('button', { name: 'End call' })).toBeFocused()
    await page.keyboard.press('Enter')
    await question.getByRole('button', { name: 'End the call' }).click()
    await expect(page.getByText('The carrier is ending the call')).toBeVisible()
    await expect(panel.getByText('This call is over')).toBeVisible()
  })

  await test.step('and finds on its page who ended it', async () => {
    await panel.getByRole('link', { name: 'Open the call' }).click()
    await expect(page.getByText('Ended from here by Ada Lovelace')).toBeVisible()
  })

  await test.step('the viewer reads no word of it', async () => {
    await expect(rows(looker).nth(1)).toBeVisible()
    await rows(looker).nth(1).getByRole('button').first().click()
    await expect(looker.getByRole('dialog').getByText('Your role may not listen to calls.')).toBeVisible()
    await looker.keyboard.press('Escape')
  })

  await test.step('the queue says who is next and why the others wait, and leads to them', async () => {
    await setCarrierSpeed(stack, 0.01)
    await page.goto(`${stack.app_url}/calls/live?campaign=${campaignId}`)
    await expectGoodLooks(page)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('textbox').fill('queue')
    await page.getByRole('option', { name: /Queue/ }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Queue' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Who is called next' }).getByRole('link', { name: 'Person 16' })).toBeVisible()
    await expectGoodLooks(page)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.getByRole('region', { name: 'Waiting contacts by reason' }).getByRole('link', { name: /in Autumn/ }).first().click()
    await expect(page.getByRole('button', { name: /Waiting for: A free call slot/ })).toBeVisible()
    await expect(page.getByRole('row', { name: /Person 16.*Waiting/ })).toBeVisible()
    await page.getByRole('button', { name: /Waiting for:/ }).click()
    await expect(page).not.toHaveURL(/wait=/)
  })

  await test.step('and a campaign\'s own list of calls offers the same', async () => {
    await page.goto(`${stack.app_url}/campaigns/${campaignId}`)
    await page.getByRole('row').filter({ hasText: 'In call' }).first().getByRole('button', { name: /What to do about/ }).click()
    await page.getByRole('menuitem', { name: 'End call' }).click()
    await expect(page.getByRole('alertdialog')).toContainText('End the call with Person')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  })
})
