import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { MemberRole } from '~~/business/models/account.ts'
import type { InvitationForm } from '~~/business/models/team.ts'

/** The people of the current account, and the invitations that the signed-in person got. */
export const useTeamStore = defineStore('team', () => {
  const { team } = useDeps()
  const accounts = useAccountStore()
  const run = useRunAndReread('team', 'campaigns')

  return {
    list: () => team.list(accounts.requireId()),
    invite: (form: InvitationForm) => run(team.invite(accounts.requireId(), form)),
    resend: (invitationId: string) => run(team.resend(invitationId)),
    revoke: (invitationId: string) => run(team.revoke(invitationId)),
    setRole: (userId: string, role: MemberRole) => run(team.setRole(accounts.requireId(), userId, role)),
    deactivate: (userId: string) => run(team.deactivate(accounts.requireId(), userId)),
    reactivate: (userId: string) => run(team.reactivate(accounts.requireId(), userId)),

    /** The person has another role afterwards, so what they may do is asked anew. */
    async transfer(userId: string) {
      await run(team.transfer(accounts.requireId(), userId))
      await accounts.load()
    },

    /** Goes on in another of their accounts, or in none. */
    async leave() {
      await team.leave(accounts.requireId())
      await accounts.load()
    },

    listMine: () => team.listMine(),

    /** The account that was joined is the current one then. */
    async accept(invitationId: string) {
      const { account_id } = await team.accept(invitationId)
      await accounts.join(account_id)
    },
  }
})
