import type { MemberRole } from '../models/account.ts'
import type { InvitationForm, ReceivedInvitation, Team } from '../models/team.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type TeamRepository = ReturnType<typeof createTeamRepository>

export function createTeamRepository(supabase: RpcClient) {
  return {
    /** Everybody sees the members; whoever manages the team also who was invited and who left. */
    list: (account_id: string) => callRpc<Team>(supabase, 'list_team', { account_id }),

    /** Again for the same address changes the role, and mails anew after a minute. conflict: a member already, or too many open. */
    invite: (account_id: string, { email, role }: InvitationForm) =>
      callRpc<{ invitation_id: string, is_new: boolean }>(supabase, 'invite_member', { account_id, email, role }),
    resend: (invitation_id: string) => callRpc<object>(supabase, 'resend_invitation', { invitation_id }),
    revoke: (invitation_id: string) => callRpc<object>(supabase, 'revoke_invitation', { invitation_id }),

    /** Open ones for the address that the signed-in person has confirmed. */
    listMine: () => callRpc<ReceivedInvitation[]>(supabase, 'my_invitations', {}),
    /** not_found: for somebody else, or taken back; conflict: expired. Again by the same person answers the same. */
    accept: (invitation_id: string) => callRpc<{ account_id: string }>(supabase, 'accept_invitation', { invitation_id }),

    /** conflict: the last owner stays one. forbidden: owners are changed by owners. */
    setRole: (account_id: string, user_id: string, role: MemberRole) => callRpc<{ role: MemberRole }>(supabase, 'set_member_role', { account_id, user_id, role }),
    /** Ends their access at once. */
    deactivate: (account_id: string, user_id: string) => callRpc<object>(supabase, 'deactivate_member', { account_id, user_id }),
    reactivate: (account_id: string, user_id: string) => callRpc<{ role: MemberRole }>(supabase, 'reactivate_member', { account_id, user_id }),
    /** The other becomes an owner, the signed-in person an admin. */
    transfer: (account_id: string, user_id: string) => callRpc<object>(supabase, 'transfer_ownership', { account_id, user_id }),
    leave: (account_id: string) => callRpc<object>(supabase, 'leave_account', { account_id }),
  }
}
