/** The story of an assistant: from a template through drafts and versions to a call that brings back what it was asked to find out. */
import { createAssistant, createContact, startedCampaign } from '../factories/campaign.ts'
import { addViewer, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectDialogAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('an assistant begins with a template, is published, changed, compared and taken back', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await createContact(account, { name: 'Zoe Adams', attributes: { appointment: 'Friday at noon', city: 'Lyon' } })
  await createContact(account, { name: 'Grace Hopper', attributes: { appointment: 'Tuesday at ten', city: 'Arlington' } })
  const page = await pageOf(browser, account)
  const greeting = page.getByLabel('Greeting', { exact: true })

  await test.step('chooses a template where the list is empty', async () => {
    await page.goto(`${stack.app_url}/assistants`)
    await expectGoodLooks(page)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.getByRole('button', { name: /Appointment reminder/ }).click()
    await expect(greeting).toHaveValue(/^Hello \{name\|there\}, this is the virtual assistant of Analytical Engines\./)
    await expect(page.getByText('Draft', { exact: true })).toBeVisible()
    await expectGoodLooks(page)
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  await test.step('types a placeholder with the help of the list, and hears it for one contact', async () => {
    await greeting.focus()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(' Do you come from {ci')
    await expect(page.getByRole('option', { name: '{city}' })).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await page.keyboard.type('?')
    await expect(greeting).toHaveValue(/Do you come from \{city\}\?$/)
    const who = page.getByLabel('Hear it as this contact')
    await who.fill('zoe')
    await page.getByRole('option', { name: /Zoe Adams/ }).click()
    await expect(page.getByText('Hello Zoe Adams', { exact: false }).first()).toContainText('your appointment on Friday at noon')
    await expect(page.getByText('Do you come from Lyon?', { exact: false }).first()).toBeVisible()
  })

  await test.step('finds everything after the tab was closed, and publishes it', async () => {
    await expect(page.getByText('Draft saved')).toBeVisible()
    await page.reload()
    await expect(greeting).toHaveValue(/\{city\}\?$/)
    await page.getByRole('button', { name: 'Publish version 1' }).click()
    await expectDialogAccessible(page)
    await page.getByLabel('Note').fill('First words')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Version 1 is published')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Publish version 2' })).toBeDisabled()
  })

  await test.step('changes it, sees what changes, and publishes again', async () => {
    await greeting.fill('Good morning {name|there}, this is an assistant of Analytical Engines.')
    await page.getByRole('button', { name: 'Publish version 2' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.locator('ins').first()).toContainText('Good')
    await expectDialogAccessible(page)
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
    await expect(page.getByText('Version 2 is published')).toBeVisible()
  })

  await test.step('compares the versions and takes the first one back', async () => {
    await page.getByRole('link', { name: 'Version 2' }).click()
    await expect(page.getByText('First words')).toBeVisible()
    await expect(page.locator('del').first()).toContainText('Hello')
    await expectGoodLooks(page)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.getByRole('button', { name: 'Restore version 1' }).click()
    await page.getByRole('button', { name: 'Restore as draft' }).click()
    await expect(greeting).toHaveValue(/\{city\}\?$/)
    await expect(page.getByText('Unpublished changes')).toBeVisible()
    await page.getByRole('button', { name: 'Discard changes' }).click()
    await page.getByRole('button', { name: 'Discard', exact: true }).click()
    await expect(greeting).toHaveValue(/^Good morning/)
  })
})

test('what a conversation was asked to find out stands with the call, and the card counts it', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const assistant = { name: 'Ava', success_criterion: 'The person agreed to a follow-up.', extraction: [
    { name: 'is_interested', type: 'yes_no', description: 'Is the person interested?', choices: [] },
    { name: 'follow_up', type: 'date', description: 'When is the follow-up?', choices: [] }] }
  const { assistantId } = await startedCampaign(account, { contacts: [{ name: 'Grace Hopper', phone: '+12124567807' }], content: { name: 'Spring' }, assistant })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/calls`)
  await page.getByRole('row', { name: /Grace Hopper/ }).getByRole('link').click()
  await expect(page.getByRole('heading', { name: 'What was found out' })).toBeVisible()
  await expect(page.getByText('Is interested', { exact: true })).toBeVisible()
  await expect(page.getByText('Success', { exact: true })).toBeVisible()
  await expectGoodLooks(page)
  await page.goto(`${stack.app_url}/assistants`)
  const card = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Ava' }) })
  await expect(card.getByText('100 %')).toHaveCount(2)
  await expectGoodLooks(page)
  await page.goto(`${stack.app_url}/assistants/${assistantId}`)
  await expect(page.getByRole('link', { name: 'Spring' })).toBeVisible()
})

test('an assistant in use is not put away, and a viewer is offered nothing', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await startedCampaign(account, { contacts: [{ phone: '+12124567803' }], content: { name: 'Needs it', max_attempts: 5 }, assistant: { name: 'Busy' } })
  const idle = await createAssistant(account, { name: 'Idle' })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/assistants`)
  const archive = async (name: string) => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await page.getByRole('button', { name: 'Archive assistant' }).click()
  }
  await archive('Busy')
  await expect(page.getByRole('alertdialog').getByRole('link', { name: 'Needs it' })).toBeVisible()
  await expectDialogAccessible(page)
  await page.keyboard.press('Escape')
  await archive('Idle')
  await expect(page.getByText('Idle is archived')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Idle' })).toHaveCount(0)
  await page.getByLabel('Show assistants by state').click()
  await page.getByRole('option', { name: 'Archived', exact: true }).click()
  await expect(page).toHaveURL(/status=archived/)
  await page.getByRole('button', { name: 'Actions for Idle' }).click()
  await page.getByRole('menuitem', { name: 'Restore' }).click()
  await expect(page.getByText('Idle is back')).toBeVisible()

  const viewer = await pageOf(browser, await addViewer(stack, account))
  await viewer.goto(`${stack.app_url}/assistants/${idle}`)
  await expect(viewer.getByText('Your role may read assistants but not change them.')).toBeVisible()
  await expect(viewer.getByRole('button', { name: /Publish|Discard|Actions|Add a piece/ })).toHaveCount(1)
  await viewer.getByRole('button', { name: 'Actions for Idle' }).click()
  await expect(viewer.getByRole('menuitem')).toHaveText(['Versions'])
})
