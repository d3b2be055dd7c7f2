import type { InvitedRole } from '../../models/team.ts'

/** A mail in one language. In braces stand values of the job, and what is made of them: {amount}, {minutes}, {reason}, {summary}. */
export interface MailWords {
  subject: string
  lines: string[]
  action: { label: string, path: string }
  /** Why somebody gets it; the billing's where a mail says nothing. */
  footer?: string
}

export const englishMails = {
  top_up_confirm: {
    subject: 'Please confirm the top-up of {amount}',
    lines: [
      'The automatic top-up of {account_name} could not be charged: the bank wants the owner of the card to confirm the payment of {amount}.',
      'Nothing was taken. Calls go on while there are minutes left.',
    ],
    action: { label: 'Confirm and pay', path: '/billing?pay={order_id}' },
  },
  top_up_failed: {
    subject: 'The top-up of {amount} failed',
    lines: [
      'The automatic top-up of {account_name} could not be charged: {reason}.',
      'It is tried again later. To be safe, look at the card or buy minutes by hand.',
    ],
    action: { label: 'Open billing', path: '/billing' },
  },
  top_up_off: {
    subject: 'Automatic top-up is switched off',
    lines: [
      'The automatic top-up of {account_name} was switched off: {reason}.',
      'Campaigns wait when the minutes are used up, and go on by themselves after a purchase.',
    ],
    action: { label: 'Open billing settings', path: '/billing/settings' },
  },
  payment_received: {
    subject: 'Payment received: {amount}',
    lines: ['Thank you. {minutes} minutes were added to {account_name}.', 'The invoice is on the billing page in a moment.'],
    action: { label: 'See the order', path: '/billing?order={order_id}' },
  },
  low_balance: {
    subject: '{minutes} minutes left',
    lines: ['{account_name} has {minutes} minutes left. Campaigns wait when they are used up.'],
    action: { label: 'Buy minutes', path: '/billing' },
  },
  payment_disputed: {
    subject: 'A payment of {amount} is disputed',
    lines: [
      'The bank reports that a payment of {amount} of {account_name} is disputed by the owner of the card.',
      'Automatic top-up is off until that is settled. If you know nothing of it, please write to us.',
    ],
    action: { label: 'Open billing', path: '/billing' },
  },
  invitation: {
    subject: '{invited_by} invites you to {account_name}',
    lines: [
      '{invited_by} wants you to join the account “{account_name}” on Outdial as {role}.',
      'Sign in, or create your sign-in, with the address that this mail came to. The invitation ends on {expires}.',
    ],
    action: { label: 'Look at the invitation', path: '/invitation?id={invitation_id}' },
    footer: 'You receive this because somebody wrote down your address. If you do not know them, leave it alone: nothing happens.',
  },
  alert_raised: {
    subject: 'Outdial needs a look: {alert}',
    lines: ['{summary}', 'You are told again in a day while it stands, and once when it is over.'],
    action: { label: 'Open operations', path: '/operations' },
    footer: 'You receive this because you run this installation of Outdial.',
  },
  alert_over: {
    subject: 'Over: {alert}',
    lines: ['This is over: “{summary}”'],
    action: { label: 'Open operations', path: '/operations' },
    footer: 'You receive this because you run this installation of Outdial.',
  },
} satisfies Record<string, MailWords>

export const englishRoles: Readonly<Record<InvitedRole, string>> = { admin: 'an admin', agent: 'an agent', viewer: 'a viewer' }
export const englishSomebody = 'Somebody'

/** Why a card was not charged, or the top-up switched off, by the code that the job carries. */
const englishReasons: Readonly<Record<string, string>> = {
  insufficient_funds: 'there was not enough money on the card',
  expired_card: 'the card has expired',
  card_declined: 'the bank declined the card',
  generic_decline: 'the bank declined the card',
  authentication_required: 'the bank wants the owner of the card to confirm',
  no_answer: 'the payment provider did not answer',
  three_failures: 'three charges in a row have failed',
  no_card: 'there is no card to charge',
  not_offered: 'what it bought is no longer sold',
  dispute: 'a payment is disputed',
  person: 'somebody switched it off',
}

/** For codes that banks and providers will think of. */
const englishOtherReason = 'the bank or the payment provider refused'

export const reasonOf = (code: string): string => (Object.hasOwn(englishReasons, code) ? englishReasons[code]! : englishOtherReason)

export const englishFooter = 'You receive this because you manage billing in Outdial.'
