/** When, how often and how much a campaign calls: written, shown, changed while it is paused, and told when a rule stops it. */
import { createCampaign, startedCampaign } from '../factories/campaign.ts'
import { addViewer, asAdmin, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectAccessible, expectDialogAccessible, expectGoodLooks } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

/** As long as names get where words are put together: no page may grow wider for one. */
const LONG = 'Frühjahrsverlängerungsangebote der Rechtsschutzversicherungsgesellschaften'

test('a campaign says when, how often and how much, and what of it may change once it runs', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const { campaignId } = await createCampaign(account, { content: { name: LONG, description: LONG.replaceAll(' ', ''), purpose: 'service' } })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/campaigns/${campaignId}/edit`)
  await page.getByRole('radio', { name: 'Reminder' }).click()
  await page.getByRole('button', { name: 'Office hours' }).click()
  await page.getByLabel('To', { exact: true }).fill('12:00')
  await page.getByRole('button', { name: 'Add calling times' }).click()
  const afternoon = page.getByRole('group', { name: 'Calling times 2' })
  await expect(afternoon.getByRole('button', { name: 'Mon' }), 'a second line is mostly the afternoon of the same days').toHaveAttribute('aria-pressed', 'true')
  await afternoon.getByLabel('From').fill('11:00')
  await page.getByRole('button', { name: 'Change: Days' }).click()
  await page.getByLabel('First day').fill('2030-01-07')
  await page.getByLabel('Last day').fill('2030-01-31')
  await page.getByRole('button', { name: 'Add a day off' }).click()
  await expect(page.getByLabel('Day off 1', { exact: true }), 'typing can begin at once').toBeFocused()
  await page.getByRole('button', { name: 'Change: Limits' }).click()
  await page.getByLabel('Calls a day').fill('0')
  await page.getByRole('button', { name: 'Hide: Limits' }).click()
  await page.getByRole('button', { name: 'Save and review' }).click()
  await expect(afternoon.getByText('These hours overlap with others above.')).toBeVisible()
  await expect(page.getByText('Choose a day.', { exact: true })).toBeVisible()
  await expect(page.getByLabel('Calls a day'), 'what is wrong is not left folded').toBeVisible()
  await page.getByRole('button', { name: 'Change: Attempts' }).click()
  await expectGoodLooks(page)

  await page.setViewportSize({ width: 1440, height: 900 })
  await afternoon.getByLabel('From').fill('14:00')
  await page.getByLabel('Day off 1', { exact: true }).fill('2030-01-15')
  await page.getByLabel('Calls a day').fill('250')
  const busy = page.getByRole('group', { name: 'Busy' })
  await busy.getByRole('combobox', { name: 'How often to try again' }).click()
  await page.getByRole('option', { name: 'Once more' }).click()
  await busy.getByRole('combobox', { name: 'Wait before retry 1' }).click()
  await page.getByRole('option', { name: '15 min' }).click()
  await page.getByRole('button', { name: 'Save and review' }).click()
  for (const fact of ['Reminder', 'Mon–Fri, 09:00–12:00', 'Mon–Fri, 14:00–18:00', 'From Jan 7, 2030 until Jan 31, 2030', 'One day off.', '250 calls a day', 'Busy: once more, after 15 min.']) {
    await expect(page.getByText(fact, { exact: false }).first()).toBeVisible()
  }
  await expectGoodLooks(page)

  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Start campaign' }).click()
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
  await page.goto(`${stack.app_url}/campaigns/${campaignId}/edit`)
  await expect(page.getByText('Pause the campaign to change the purpose.')).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Sales' })).toBeDisabled()
  await expect(page.getByLabel('Assistant')).toBeDisabled()
  await page.getByRole('button', { name: 'Change: Limits' }).click()
  await expect(page.getByLabel('Calls a day'), 'limits may change at any time').toHaveValue('250')
  await expectAccessible(page)
  await account.owner.rpc('pause_campaign', { campaign_id: campaignId })
  await page.reload()
  await page.getByRole('radio', { name: 'Survey' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Survey')).toBeVisible()
})

test('a campaign starts by itself at its time, and can be put away when it is over', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const { campaignId } = await createCampaign(account, { contacts: 2, content: { name: 'Autumn' } })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/campaigns/${campaignId}`)
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name }).click()
  }

  await choose('Schedule')
  const dialog = page.getByRole('dialog', { name: 'Start by itself' })
  await dialog.getByLabel('Day and time').fill('2020-01-01T09:00')
  await dialog.getByRole('button', { name: 'Schedule' }).click()
  await expect(dialog.getByText('Choose a time that is still to come.')).toBeVisible()
  await expectDialogAccessible(page)
  await dialog.getByLabel('Day and time').fill('')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await choose('Schedule')
  await dialog.getByRole('button', { name: 'Schedule' }).click()
  await expect(page.getByText(/^Starts by itself .* 9:00 AM \(New York\)/), 'tomorrow morning is offered').toBeVisible()
  await expect(page.getByText('Scheduled', { exact: true })).toBeVisible()
  await expectGoodLooks(page)

  await page.setViewportSize({ width: 1440, height: 900 })
  await choose('Cancel the schedule')
  await expect(page.getByText('Ready to start')).toBeVisible()
  await choose('Schedule')
  await dialog.getByRole('button', { name: 'Schedule' }).click()
  await expect(page.getByText('Scheduled', { exact: true })).toBeVisible()
  await asAdmin(stack, (sql) => sql`update public.campaigns set launch_at = private.now() where id = ${campaignId}`)
  await expect(page.getByRole('button', { name: 'Pause' }), 'nobody has to be there').toBeVisible({ timeout: 30_000 })

  await choose('Stop')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  await choose('Archive')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click()
  await expect(page.getByText('Archived', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: /More actions|Add contacts/ })).toHaveCount(0)
})

test('what a rule paused is told until somebody puts it away, and a viewer is not offered what would be refused', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const { campaignId } = await startedCampaign(account, { content: { name: 'Too many', windows: [{ weekday: 1, opens_at: '03:00', closes_at: '03:01' }] } })
  await asAdmin(stack, (sql) => sql`select private.pause_by_rule(${campaignId}, 'failure_rate', '{"count": 12, "of": 20, "limit_percent": 50}')`)
  const words = 'Paused: 12 of the last 20 calls failed, more than the 50 % you allow.'

  const seen = await pageOf(browser, await addViewer(stack, account))
  await seen.goto(`${stack.app_url}/campaigns/${campaignId}`)
  await expect(seen.getByText(words, { exact: false })).toBeVisible()
  await seen.goto(`${stack.app_url}/`)
  await expect(seen.getByRole('list', { name: 'Needs a look' }).getByText(words, { exact: false })).toBeVisible()
  await expect(seen.getByRole('button', { name: /^Put away/ })).toHaveCount(0)

  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/`)
  const notices = page.getByRole('list', { name: 'Needs a look' })
  await expect(notices.getByRole('listitem')).toHaveCount(1)
  await expectGoodLooks(page)
  await notices.getByRole('button', { name: 'Put away: Too many' }).press('Enter')
  await expect(notices).toHaveCount(0)
  await page.goto(`${stack.app_url}/campaigns/${campaignId}`)
  await expect(page.getByText(words, { exact: false }), 'the state itself still says why').toBeVisible()
})

test('each contact says why it is not called, and can be called next, later or not at all', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  const night = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens_at: '03:00', closes_at: '08:30' }))
  const contacts = [{ name: 'Grace Hopper', phone: '+12134567802', time_zone: 'America/Los_Angeles' }, { name: 'Katherine Johnson', phone: '+12124567801' }]
  const { campaignId } = await startedCampaign(account, { contacts, content: { name: 'Early', windows: night } })
  const page = await pageOf(browser, account)
  await page.goto(`${stack.app_url}/campaigns/${campaignId}`)
  const choose = async (name: string, action: string) => {
    await page.getByRole('button', { name: `What to do about ${name}` }).click()
    await page.getByRole('menuitem', { name: action }).click()
  }

  await choose('Grace Hopper', 'Why not called?')
  const sheet = page.getByRole('dialog', { name: 'Why not called?' })
  await expect(sheet.getByText('Not called now.')).toBeVisible()
  const closed = sheet.getByRole('list', { name: 'What holds it back' })
  await expect(closed.getByRole('listitem')).toHaveCount(1)
  await expect(closed.getByText(/It is \d\d:\d\d in Los Angeles: .*law does not allow it.*/)).toBeVisible()
  await expect(closed.getByText(/47 CFR 64.1200/), 'with the rule that says so').toBeVisible()
  await expect(closed.getByText(/^Until .* 11:00 AM \(8:00 AM in Los Angeles\)/), 'in both zones').toBeVisible()
  await sheet.getByRole('button', { name: /things more are asked and pass/ }).press('Enter')
  await expect(sheet.getByText('0 of 2 used.')).toBeVisible()
  await expectDialogAccessible(page)
  await page.keyboard.press('Escape')

  await choose('Grace Hopper', 'Call now')
  await expect(page.getByText('Grace Hopper is next')).toBeVisible()
  await choose('Grace Hopper', 'Call back at')
  const dialog = page.getByRole('dialog', { name: 'Call Grace Hopper back' })
  await dialog.getByLabel('Time').fill('08:15')
  await dialog.getByRole('button', { name: 'Arrange the call' }).click()
  await expect(page.getByRole('row', { name: /Grace Hopper/ }).getByText(/Wants to be called .* \(8:15 AM in Los Angeles\)/)).toBeVisible()
  await choose('Katherine Johnson', 'Skip')
  await page.getByRole('alertdialog', { name: 'Skip Katherine Johnson?' }).getByRole('button', { name: 'Skip' }).click()
  await expect(page.getByRole('row', { name: /Katherine Johnson/ }).getByText('Removed')).toBeVisible()
  await expectGoodLooks(page)

  const seen = await pageOf(browser, await addViewer(stack, account))
  await seen.goto(`${stack.app_url}/campaigns/${campaignId}`)
  await seen.getByRole('button', { name: /^What to do about/ }).first().click()
  await expect(seen.getByRole('menuitem')).toHaveText(['Why not called?'])
})
