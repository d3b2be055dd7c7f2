/** What a person is in an account; the table role_permissions says what each may do there. */
export const memberRoles = ['owner', 'admin', 'agent', 'viewer'] as const
export type MemberRole = (typeof memberRoles)[number]

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
  role: MemberRole
  permissions: Permission[]
  /** As of which change of the team the role is. */
  team_changed_at: string | null
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
