import type { FormatStyle } from './formatStyle.ts'
import type { MissingFactor } from './secondFactor.ts'

/** What a person is in an account; the table role_permissions says what each may do there. */
export const memberRoles = ['owner', 'admin', 'agent', 'viewer'] as const
export type MemberRole = (typeof memberRoles)[number]

/** What an account is open for. Every state is changed by SQL functions alone. */
export const accountStatuses = [
  /** Everything that a member's role allows. */
  'active',
  /** A platform operator stopped it and said why: people read, nothing changes, nobody is called until it is reactivated. Running calls end. */
  'suspended',
  /** An owner closed it: owners alone read it, and can open it again for thirty days. Then it is erased. */
  'closed',
] as const
export type AccountStatus = (typeof accountStatuses)[number]

/** What kind of company an account is: chosen when it is opened, decides what it begins with and which templates stand first. */
export const companyTypes = ['generic', 'e_commerce', 'healthcare', 'real_estate'] as const
export type CompanyType = (typeof companyTypes)[number]

/** noun.verb, as in role_permissions: the database owns the list, the interface only asks whether one is held. */
export type Permission = `${string}.${string}`

/**
 * An account is one company that uses Outdial: its contacts, campaigns and minutes belong to it, and people are members
 * of it with a role. A person may be a member of several; one of them is current in each browser tab.
 */
export interface Account {
  account_id: string
  name: string
  /** Zone of the company itself: days and times of reports follow it, windows of contacts do not. */
  time_zone: string
  company_type: CompanyType
  format_style: FormatStyle
  /** The occasion whose templates of assistants its people are offered first. */
  template_kind: string | null
  role: MemberRole
  status: AccountStatus
  /** What whoever suspended or closed it said about that. */
  status_reason: string | null
  status_at: string
  /** Of a closed one: from then on it is erased, until then an owner can open it again. */
  erase_at: string | null
  /** The person is signed out after so many minutes without a touch; 0: never. */
  idle_minutes: number
  /** The account opens from networks of its own alone, and the person is in none of them just now. */
  is_outside: boolean
  /** What the role gives and the account's state leaves of it. */
  permissions: Permission[]
  /** As of which change of the team, or of the account's state, all this is. */
  team_changed_at: string | null
  /** Opens to nobody without a second factor. */
  requires_second_factor: boolean
  /** What the person has to do before the account opens to them; until then they hold no permission in it. */
  second_factor: MissingFactor | null
}

/** The minutes of an account, in seconds. spendable = balance - reserved and is never negative. */
export interface Wallet {
  account_id: string
  balance_seconds: number
  /** Held for calls that are being made right now; comes back or becomes a ledger entry when they settle. */
  reserved_seconds: number
  spendable_seconds: number
}

/** What the realtime topic account:<id> says whenever money or the number of running calls moves. */
export interface AccountChange {
  account_id: string
  balance_seconds: number
  reserved_seconds: number
  in_flight: number
  /** When the account's people were last told something, or it was over: another time than before means to read it again. */
  noticed_at: string | null
  /** When a membership last began, changed or ended: another time than the account's means to ask anew what the person may do. */
  team_changed_at: string | null
}

export function walletAfter(change: AccountChange): Wallet {
  return {
    account_id: change.account_id,
    balance_seconds: change.balance_seconds,
    reserved_seconds: change.reserved_seconds,
    spendable_seconds: Math.max(0, change.balance_seconds - change.reserved_seconds),
  }
}
