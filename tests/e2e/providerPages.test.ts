/** An account calls by its own key: a wrong one is refused at the field, the right one has a number chosen, is heard in a test call, is revoked, and replaced. */
import { createCampaign } from '../factories/campaign.ts'
import { asAdmin, openWebAccount } from '../support/webAccount.ts'
import { expect, setCarrierSpeed, test, type RunningStack } from './stack.ts'
import { expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

const key = 'simulated-own-key-0001'
const nextKey = 'simulated-own-key-0002'
const ownPhone = '+12025559107'
/** Slow enough that a call goes on while somebody looks. */
const readable = 4

const carrier = ({ app_url }: RunningStack, method: 'POST' | 'DELETE', path: string, body?: object) =>
  fetch(`${app_url}/carrier/${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) })

test('an account brings its own key, calls by it, and replaces it when it is refused', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await createCampaign(account)
  await asAdmin(stack, (sql) => sql`insert into public.own_numbers (user_id, phone) values (${account.userId}, ${ownPhone})`)
  await carrier(stack, 'POST', 'keys', { key, besides: key })
  const page = await pageOf(browser, account)
  const dialog = page.getByRole('dialog')

  await test.step('says at the field that a key is wrong, and keeps what was typed', async () => {
    await page.goto(`${stack.app_url}/settings/provider`)
    await expect(page.getByText('The platform\'s line, which other accounts use too.')).toBeVisible()
    await page.getByLabel('Private key').fill('not a key')
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Private key')).toHaveAccessibleDescription(/This is no key/)
    await page.getByLabel('Private key').fill('a-key-that-nobody-has')
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Private key')).toHaveAccessibleDescription(/does not accept this key/)
    await expect(page.getByLabel('Private key')).toHaveValue('a-key-that-nobody-has')
  })

  await test.step('takes the right one, has a number chosen, and calls from it', async () => {
    await page.getByLabel('Private key').fill(key)
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Number to call from' }).click()
    await page.getByRole('option', { name: '+1 202 555 0202' }).click()
    await page.getByRole('button', { name: 'Call from this number' }).click()
    await expect(page.getByText('Your own line: calls run through your account at VAPI.')).toBeVisible()
    await expect(page.getByText('•••• 0001')).toBeVisible()
    await expect(page.getByText('at most 10 calls at once')).toBeVisible()
    expect(await page.content()).not.toContain(key)
    await expectGoodLooks(page)
  })

  await test.step('is heard by its own line', async () => {
    await setCarrierSpeed(stack, readable)
    await page.getByRole('button', { name: 'Call me' }).click()
    await dialog.getByRole('button', { name: 'Call me' }).click()
    await expect(dialog.getByRole('button', { name: 'Hang up' })).toBeVisible()
    await expect(dialog.getByRole('log', { name: 'Conversation' })).toContainText('Ada Lovelace')
    const lines = () => asAdmin(stack, (sql) => sql`select l.connection_id is not null as is_own from public.calls c join engine.provider_lines l on l.id = c.provider_line_id where c.account_id = ${account.accountId}`)
    expect(await lines()).toEqual([{ is_own: true }])
    await dialog.getByRole('button', { name: 'Hang up' }).click()
    await expect(dialog.getByText('You hung up from here')).toBeVisible()
  })

  await test.step('says everywhere that it is refused, and goes on with the next key', async () => {
    await carrier(stack, 'DELETE', `keys/${key}`)
    await dialog.getByRole('button', { name: /again/i }).click()
    await expect(page.getByText('VAPI refuses your key'), 'behind the dialog').toBeVisible()
    await expect(dialog.getByText(/refused|carrier/i).first(), 'what it said stays to be read').toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Check again' }).click()
    await expect(page.getByText('Replace the key, or check again once it is valid.').first()).toBeVisible()
    await page.getByRole('button', { name: /Notifications, 1 unread/ }).click()
    await expect(page.getByText('Your calling provider refuses your key.', { exact: false }).first()).toBeVisible()
    await page.keyboard.press('Escape')
    await carrier(stack, 'POST', 'keys', { key: nextKey, besides: key })
    await page.getByRole('button', { name: 'Replace key' }).click()
    await dialog.getByLabel('Private key').fill(nextKey)
    await page.keyboard.press('Enter')
    await expect(page.getByText('•••• 0002')).toBeVisible()
    await expect(page.getByText('VAPI refuses your key')).toBeHidden()
  })

  await test.step('is taken back to the platform\'s line', async () => {
    await page.getByRole('button', { name: 'Remove connection' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove connection' }).click()
    await expect(page.getByText('The platform\'s line, which other accounts use too.')).toBeVisible()
  })
})
