import { z } from 'zod'
import type { MemberRole } from './account.ts'
import { emailSchema } from './credentials.ts'
import { formatStyles } from './formatStyle.ts'

/** Somebody who works in an account. Their right to anything is this membership: it ends with it. */
export interface TeamMember {
  user_id: string
  /** Empty where nobody said. */
  name: string
  email: string
  role: MemberRole
  joined_at: string
  /** Who must stay: an account has an owner. */
  is_last_owner: boolean
  /** Told to whoever manages the team; null to others. */
  has_second_factor: boolean | null
  /** How many campaigns an agent is assigned to. */
  campaigns_count: number
}

/** Whose access ended; whoever manages the team can give it back. was_removed: not by themselves. */
export interface FormerMember extends Pick<TeamMember, 'user_id' | 'name' | 'email' | 'role'> {
  left_at: string
  was_removed: boolean
}

/** Asked by mail and not there yet. An expired one can be sent again. */
export interface Invitation {
  id: string
  email: string
  role: InvitedRole
  sent_at: string
  expires_at: string
  is_expired: boolean
  invited_by_name: string | null
}

/** What one right is, and which roles hold it; 'assigned': only in campaigns the person is assigned to. */
export interface RolePermission { permission: string, roles: Partial<Record<MemberRole, 'account' | 'assigned'>> }

/** former and invitations are empty for whoever may not manage the team. */
export interface Team { members: TeamMember[], former: FormerMember[], invitations: Invitation[], roles: RolePermission[] }

/** What somebody can be invited as: owners become owners later. */
export const invitedRoles = ['admin', 'agent', 'viewer'] as const
export type InvitedRole = (typeof invitedRoles)[number]

export const invitationFormSchema = z.object({ ...emailSchema.shape, role: z.enum(invitedRoles) })
export type InvitationForm = z.infer<typeof invitationFormSchema>

/** An invitation as the person meets it who got it. */
export interface ReceivedInvitation extends Pick<Invitation, 'id' | 'role' | 'expires_at' | 'is_expired' | 'invited_by_name'> { account_name: string }

/** What the mail of an invitation says, as it is at the moment of sending. */
export const invitationMailSchema = z.object({
  to: z.string(),
  account_name: z.string(),
  invited_by_name: z.string().nullable(),
  role: z.enum(invitedRoles),
  invitation_id: z.string(),
  expires_at: z.string(),
  time_zone: z.string(),
  format_style: z.enum(formatStyles),
})
