// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { nextTick } from 'vue'
import TeamMembers from '../../../../../app/components/team/TeamMembers.vue'
import TeamSection from '../../../../../app/components/team/TeamSection.vue'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { useSessionStore } from '../../../../../app/stores/sessionStore.ts'
import type { MemberRole } from '../../../../../business/models/account.ts'
import type { TeamMember } from '../../../../../business/models/team.ts'
import { anAccount } from '../../support/anAccount.ts'
import { mountApp } from '../../support/mountApp.ts'

const slotted = { template: '<div><slot name="trigger" /><slot /></div>' }
const nothing = { template: '<i />' }
const components = {
  TeamSection, Card: slotted, Badge: { template: '<b><slot /></b>' }, Button: { template: '<button><slot /></button>' }, DropdownMenu: slotted,
  DropdownMenuItem: { template: '<a><slot /></a>' }, RoleDialog: nothing, TransferDialog: nothing, DeactivateDialog: nothing, LeaveDialog: nothing,
}
const member = (user_id: string, role: MemberRole, more: Partial<TeamMember> = {}): TeamMember =>
  ({ user_id, name: user_id, email: `${user_id}@example.com`, role, joined_at: '2026-11-02T10:00:00Z', is_last_owner: false, has_second_factor: null, campaigns_count: 0, ...more })
const team = [member('Ada', 'owner'), member('Olga', 'owner'), member('Bo', 'admin'), member('Cy', 'agent', { campaigns_count: 2 }), member('Di', 'viewer', { name: '' })]

/** What each member's menu offers to somebody; without a menu the member is missing. */
async function offers(self: string, permissions: string[], members = team) {
  const view = mountApp(TeamMembers, { props: { members }, components, deps: { team: {}, accounts: {}, session: {} } as never })
  useSessionStore().user = { user_id: self, email: '', name: '', company_name: null, company_type: 'generic' }
  const accounts = useAccountStore()
  accounts.accounts = [anAccount({ permissions: permissions as never })]
  accounts.use('a1')
  await nextTick()
  const menus = view.findAll('li').map((row) => [row.get('bdi').text(), row.findAll('a').map((item) => item.text())] as const)
  return { view, menus: Object.fromEntries(menus.filter(([, items]) => items.length > 0)) }
}

const [change, transfer, deactivate, leave] = ['Change role', 'Hand the account over', 'Deactivate', 'Leave the account']

it('offers an owner everything, and nobody their own end', async () => {
  expect((await offers('Ada', ['team.manage', 'team.owners'])).menus).toEqual({
    Ada: [change, leave], Olga: [change, deactivate], Bo: [change, transfer, deactivate], Cy: [change, transfer, deactivate], 'Di@example.com': [change, transfer, deactivate],
  })
})

it('offers the last owner no other role', async () => {
  const [ada, , ...rest] = team
  expect((await offers('Ada', ['team.manage', 'team.owners'], [{ ...ada!, is_last_owner: true }, ...rest])).menus.Ada).toEqual([leave])
})

it('offers an admin all but owners', async () => {
  expect((await offers('Bo', ['team.manage'])).menus).toEqual({ Bo: [change, leave], Cy: [change, deactivate], 'Di@example.com': [change, deactivate] })
})

it('offers others to leave, and says who is who', async () => {
  const { view, menus } = await offers('Cy', [])
  expect(menus).toEqual({ Cy: [leave] })
  const texts = view.findAll('li').map((row) => row.text())
  expect(texts[0]).toContain('Member since')
  expect(texts[3]).toContain('2 campaigns assigned')
  expect(texts[3]).toContain('you')
  expect(view.findAll('li').filter((row) => row.text().includes('you'))).toHaveLength(1)
})

it('says who has a second factor, and who has none only where the account asks for one', async () => {
  const people = [member('Ada', 'owner', { has_second_factor: true }), member('Bo', 'admin', { has_second_factor: false }), member('Di', 'viewer')]
  const { view } = await offers('Ada', ['team.manage'], people)
  const texts = () => view.findAll('li').map((row) => /no second factor yet|second factor/.exec(row.text())?.[0] ?? '')
  expect(texts()).toEqual(['second factor', '', ''])
  useAccountStore().accounts![0]!.requires_second_factor = true
  await nextTick()
  expect(texts()).toEqual(['second factor', 'no second factor yet', ''])
})
