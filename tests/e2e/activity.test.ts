/** An owner finds out who did what from where, keeps it as a file, and checks that nobody changed it since. */
import { readFile } from 'node:fs/promises'
import { asAdmin, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectDialogAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

test('the log of an account is read, narrowed, kept and checked', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/settings/activity`)
  const rows = page.getByRole('row')

  await test.step('what was changed elsewhere is there, with the fields and the address', async () => {
    await expect(rows.filter({ hasText: 'opened the account' })).toBeVisible()
    const other = await page.context().newPage()
    await other.goto(`${stack.app_url}/settings/privacy`)
    await other.getByRole('switch').first().click()
    await other.getByRole('button', { name: 'Save' }).click()
    await expect(other.getByText('Saved', { exact: false }).first()).toBeVisible()
    await other.close()
    await page.reload()
    await rows.filter({ hasText: 'changed privacy settings' }).getByRole('button').click()
    const line = page.getByRole('dialog')
    await expect(line.getByText('recording')).toBeVisible()
    await expect(line.getByText('127.0.0.1')).toBeVisible()
    await expect(line.getByText(/Chrome on/)).toBeVisible()
    await expectDialogAccessible(page)
    await page.keyboard.press('Escape')
    await expectGoodLooks(page)
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  await test.step('a filter narrows it, stays in the address, and can be taken back', async () => {
    await page.getByRole('button', { name: 'Filter' }).click()
    const campaign = page.getByRole('dialog').getByRole('checkbox', { name: 'Campaign', exact: true })
    await campaign.click()
    await expect(campaign).toBeChecked()
    await expectDialogAccessible(page)
    await page.getByRole('button', { name: 'Show lines' }).click()
    await expect(page.getByText('No line fits')).toBeVisible()
    await page.reload()
    await expect(page.getByText('No line fits')).toBeVisible()
    await page.getByRole('button', { name: 'Take back: Campaign' }).click()
    await expect(rows.filter({ hasText: 'opened the account' })).toBeVisible()
  })

  await test.step('it is kept as a file', async () => {
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()])
    expect(await readFile(await download.path(), 'utf8')).toContain('changed privacy settings')
  })

  await test.step('the check finds it whole, and finds what somebody with the whole database in hand changed', async () => {
    await asAdmin(stack, (sql) => sql`select private.link_activity(10000)`)
    await page.getByRole('button', { name: 'Check the log' }).click()
    await expect(page.getByText(/All \d+ lines are as they were written/)).toBeVisible()
    await asAdmin(stack, (sql) => sql.begin(async (own) => {
      await own`set local session_replication_role = replica`
      await own`update public.activity_log set details = '{}' where account_id = ${account.accountId} and verb = 'account.privacy_changed'`
    }))
    await page.getByRole('button', { name: 'Check the log' }).click()
    await expect(page.getByRole('alert')).toContainText('not as they were written')
  })
})

test('operators see whether the installation keeps up, and others a page that does not exist', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/operations`)
  await expect(page.getByText('Contacts that wait to be called')).toHaveCount(0)
  await expect(page.getByText('does not exist', { exact: false })).toBeVisible()
  await asAdmin(stack, async (sql) => {
    await sql`insert into public.platform_admins (user_id) values (${account.userId})`
    await sql`insert into engine.alerts (name, figures, above, seen_at, unusual_since, raised_at, told_at) values ('Test', '{queue_depth}', -1, private.now(), private.now(), private.now(), private.now())`
  })
  await page.goto(stack.app_url)
  await page.getByRole('button', { name: 'Ada Lovelace' }).click()
  await page.getByRole('menuitem', { name: 'Operations' }).click()
  await expect(page.getByText('Contacts that wait to be called')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Test' })).toContainText('now')
  await expectGoodLooks(page)
  await asAdmin(stack, (sql) => sql`delete from engine.alerts where name = 'Test'`)
  await asAdmin(stack, (sql) => sql`delete from public.platform_admins where user_id = ${account.userId}`)
})
