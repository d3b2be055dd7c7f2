/** A campaign that runs out of minutes before two people who watch it, and goes on before both. */
import { randomUUID } from 'node:crypto'
import { createCampaign } from '../factories/campaign.ts'
import { addViewer, asAdmin, importPeople, openWebAccount } from '../support/webAccount.ts'
import { expect, test } from './stack.ts'
import { expectAccessible } from './support/looks.ts'
import { pageOf } from './support/pageOf.ts'

/** Of twenty minutes, so that one call of five at most fits and no second one. */
const SPENT_SECONDS = 14 * 60 + 30

test('two people see one campaign stop for minutes, one of them tops up, and both see it go on', async ({ browser, stack }) => {
  const account = await openWebAccount(stack)
  await asAdmin(stack, (sql) => sql`select private.post_entry(${account.accountId}, 'adjust', ${-SPENT_SECONDS}, ${randomUUID()}, 'Minutes for a test')`)
  const contactIds = await importPeople(account, [1, 2, 3].map((index) => ({ name: `Person ${index}`, phone: `+1212456${index}001` })))
  const { campaignId } = await createCampaign(account, { contacts: 0, content: { name: 'Renewals', category: 'Autumn push', max_attempts: 1 } })
  await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: contactIds })

  const viewer = await addViewer(stack, account)
  const [page, seen] = [await pageOf(browser, account), await pageOf(browser, viewer)]
  await page.goto(`${stack.app_url}/campaigns/${campaignId}`)
  await seen.goto(`${stack.app_url}/campaigns/${campaignId}`)
  await page.getByRole('button', { name: 'Start campaign' }).click()

  for (const [who, watched] of [['the owner', page], ['the viewer', seen]] as const) {
    await expect(watched.getByText(/^\d:\d\d left, a call may last 5:00/), who).toBeVisible()
  }
  await expect(seen.getByRole('button', { name: /Pause|Stop|Add contacts/ })).toHaveCount(0)
  await expect(seen.getByRole('main').getByRole('link', { name: 'Top up' })).toHaveCount(0)
  await expect(viewer.owner.rpc('pause_campaign', { campaign_id: campaignId })).rejects.toThrow('forbidden')
  await expectAccessible(seen)

  await page.getByRole('main').getByRole('link', { name: 'Top up' }).first().click()
  await page.getByRole('radio', { name: /^50 minutes/ }).click()
  await page.getByRole('button', { name: 'Pay $30.00' }).click()
  await page.getByRole('button', { name: 'Use: Pays', exact: true }).click()
  await expect(page.getByText('50:00 min were added')).toBeVisible()
  await page.goto(`${stack.app_url}/campaigns?q=autumn`)
  await expect(page.getByRole('row', { name: /Renewals.*Autumn push/s }), 'found by its category').toBeVisible()
  await page.getByRole('link', { name: 'Renewals' }).click()
  for (const watched of [page, seen]) {
    await expect(watched.getByText('Completed', { exact: true }).first()).toBeVisible()
    await expect(watched.getByText(/a call may last 5:00/)).toHaveCount(0)
  }
})
