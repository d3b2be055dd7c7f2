/** Before an assistant calls anybody else, it calls whoever writes it: their number is verified, and they see what is said. */
import { codeIn } from '../factories/ownNumber.ts'
import { createCampaign } from '../factories/campaign.ts'
import { openWebAccount } from '../support/webAccount.ts'
import { expect, setCarrierSpeed, test } from './stack.ts'
import { expectDialogAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

/** Slow enough to be read along, and to be hung up. */
const readable = 4
const hurried = 20

test('an assistant calls whoever writes it, and what is said is on the screen', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const { assistantId, campaignId } = await createCampaign(account)
  const page = await pageOf(browser, account)
  const panel = page.getByRole('dialog', { name: 'Test call' })
  const phone = '+12025559101'

  await test.step('verifies the number by the code that a voice speaks', async () => {
    await page.goto(`${stack.app_url}/assistants/${assistantId}`)
    await page.getByLabel('Greeting', { exact: true }).fill('Hello {name|there}, this is a brand-new beginning.')
    await page.getByRole('button', { name: 'Call me' }).click()
    await panel.getByLabel('Your phone number').fill('12')
    await page.keyboard.press('Enter')
    await expect(panel.getByLabel('Your phone number')).toHaveAccessibleDescription(/valid|number/i)
    await setCarrierSpeed(stack, hurried)
    await panel.getByLabel('Your phone number').fill(phone)
    await page.keyboard.press('Enter')
    await expect(panel.getByLabel('Code')).toBeVisible()
    await expectDialogAccessible(page)
    await panel.getByLabel('Code').fill('not yet')
    await page.keyboard.press('Enter')
    await expect(panel.getByText('Type the six digits that you heard.')).toBeVisible()
    const spoken = async () => codeIn((await heardBy(stack.app_url, phone)).join(' '))
    await expect.poll(spoken).toMatch(/^\d{6}$/)
    await panel.getByLabel('Code').fill(await spoken())
    await page.keyboard.press('Enter')
    await expect(panel.getByText('20 test calls left today.')).toBeVisible()
  })

  await test.step('is called with the draft, reads along, and hangs up', async () => {
    // The voice finishes its sentence first.
    await expect(panel.getByRole('button', { name: 'Call me' })).toBeEnabled()
    await setCarrierSpeed(stack, readable)
    await panel.getByRole('button', { name: 'Call me' }).click()
    const words = panel.getByRole('log', { name: 'Conversation' })
    await expect(words.getByText('Hello Ada Lovelace, this is a brand-new beginning.', { exact: false })).toBeVisible()
    await panel.getByRole('button', { name: 'Hang up' }).click()
    await setCarrierSpeed(stack, hurried)
    await expect(panel.getByText('You hung up from here')).toBeVisible()
    await expect(words.getByText('this is a brand-new beginning.', { exact: false })).toBeVisible()
    await expectDialogAccessible(page)
    await setCarrierSpeed(stack, readable)
  })

  await test.step('finds the minute in the ledger, and the call under calls', async () => {
    await panel.getByRole('link', { name: 'Recording and answers' }).click()
    await expect(page.getByText('Canceled', { exact: true }).first()).toBeVisible()
    await page.goto(`${stack.app_url}/billing/ledger`)
    await expect(page.getByRole('row').filter({ hasText: '−1:00' }).or(page.getByRole('row').filter({ hasText: '-1:00' }))).toBeVisible()
  })

  await test.step('finds the same in the last step of a campaign, and the number in the settings', async () => {
    await page.goto(`${stack.app_url}/campaigns/${campaignId}/setup/review`)
    await page.getByRole('button', { name: 'Call me' }).click()
    await expect(panel.getByText('19 test calls left today.')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Call me' })).toBeFocused()
    await page.goto(`${stack.app_url}/settings/number`)
    await expectGoodLooks(page)
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByLabel('Your phone number')).toBeVisible()
  })
})

/** What somebody at the number hears, as the carrier's page shows it. */
async function heardBy(origin: string, phone: string): Promise<string[]> {
  const { calls } = await (await fetch(`${origin}/carrier/state`)).json() as { calls: { number: string, said: { text: string }[] }[] }
  return calls.find(({ number }) => number === phone)?.said.map(({ text }) => text) ?? []
}
