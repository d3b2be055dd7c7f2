import type { NoticeKind, NoticeTopic } from '../../models/notice.ts'

interface NoticeWords {
  subject: string
  line: string
  action: { label: string, path: string }
}

const campaign = { label: 'Open the campaign', path: '/campaigns/{campaign_id}' }
const topUp = { label: 'Buy minutes', path: '/billing' }
const settings = { label: 'Open billing settings', path: '/billing/settings' }
const orders = { label: 'Open orders', path: '/billing/orders' }
const privacy = { label: 'Open privacy settings', path: '/settings/privacy' }
const provider = { label: 'Open the connection', path: '/settings/provider' }
const account = { label: 'Open the account', path: '/settings/account' }
const file = { label: 'Open the import', path: '/contacts/imports/{import_id}' }
const paused = (why: string): NoticeWords => ({
  subject: 'Campaign paused: {campaign}', line: `${why} Nobody is called until somebody has looked at it and resumes it.`, action: campaign,
})

/** Each kind of notice as a mail. In braces stand what its details are made into: {campaign}, {file}, {amount}, {left} … */
export const englishNotices: Record<NoticeKind, NoticeWords> & Record<'empty_balance' | 'confirm_top_up' | 'top_up_limit', NoticeWords> = {
  completed: { subject: 'Campaign completed: {campaign}', line: '{reached} of {people} people were reached.', action: { ...campaign, label: 'See the results' } },
  failure_rate: paused('Too many of its calls failed.'),
  opt_out_rate: paused('Too many people asked not to be called again.'),
  assistant: paused('The phone provider refused its assistant.'),
  budget: paused('Its budget of minutes is used.'),
  ended: paused('Its last day is over.'),
  not_launched: {
    subject: 'Campaign not started: {campaign}', line: 'It should have started by itself, but something was missing. It is a draft again.', action: campaign,
  },
  no_minutes: {
    subject: 'Campaigns wait for minutes', line: '{left} minutes are left, and a call may last {needed}. Campaigns go on by themselves after a top-up.', action: topUp,
  },
  low_balance: { subject: '{left} minutes left', line: 'Campaigns wait when they are used up.', action: topUp },
  empty_balance: { subject: 'No minutes left', line: 'Campaigns wait and go on by themselves after a top-up.', action: topUp },
  auto_top_up_failed: {
    subject: 'The top-up of {amount} failed', line: 'It could not be charged: {reason}. It is tried again later. To be safe, look at the card or buy minutes by hand.', action: settings,
  },
  confirm_top_up: {
    subject: 'Please confirm the top-up of {amount}', line: 'The bank wants the owner of the card to confirm the payment. Nothing was taken.',
    action: { label: 'Confirm and pay', path: '/billing?pay={order_id}' },
  },
  top_up_limit: { subject: 'The automatic top-up waits', line: '{amount} more would pass its limit for this month.', action: settings },
  auto_top_up_off: { subject: 'Automatic top-up is switched off', line: 'The reason: {reason}. Campaigns wait when the minutes are used up.', action: settings },
  payment_disputed: {
    subject: 'A payment of {amount} is disputed', line: 'The bank reports that the owner of the card disputes it. Automatic top-up is off until that is settled.', action: orders,
  },
  payment_failed: { subject: 'A payment of {amount} did not come', line: 'Nothing was charged, and no minutes were added.', action: orders },
  balance_below_zero: {
    subject: 'The balance is below zero', line: 'A refund or a dispute took minutes that were used already. Nobody is called until it is above zero.', action: topUp,
  },
  import_completed: { subject: 'Import finished: {file}', line: '{created} contacts added, {updated} updated, {refused} rows refused.', action: file },
  import_failed: {
    subject: 'Import stopped: {file}', line: 'It stopped before its end, after {created} contacts added and {updated} updated. It can go on from there.', action: file,
  },
  deletions_failed: {
    subject: 'Recordings could not be deleted', line: 'Their time is over, but the storage or the carrier refused to delete them. The settings say how many, and let you try again.',
    action: privacy,
  },
  account_suspended: {
    subject: 'The account is suspended', line: 'Nobody is called and nothing can be changed until the platform reactivates it. The reason: {words}', action: account,
  },
  account_closed: {
    subject: 'The account was closed', line: 'An owner closed it. Nobody is called any more. An owner can open it again within thirty days.', action: account,
  },
  provider_refused: {
    subject: 'Your calling provider refuses your key', line: 'Campaigns wait, and nobody is called until the provider accepts a call again. Look at its account there, or connect another key.',
    action: provider,
  },
}

export const englishTopics: Record<NoticeTopic, string> = {
  completed: 'campaigns that completed', paused: 'campaigns that a rule paused', not_launched: 'campaigns that did not start', minutes: 'minutes running out',
  payments: 'payments', imports: 'imports', privacy: 'recordings & privacy', account: 'the state of the account', provider: 'your own calling provider',
}

/** Around the notices themselves. */
export const englishFrame = {
  digest: '{count} notifications of {account}',
  intro: 'This happened in {account}:',
  more: 'And {count} more.',
  at: '{account}, {time}.',
  all: { label: 'See all notifications', path: '/notifications' },
  why: 'You receive this because you are a member of {account}. To stop such mails you need not sign in:',
  stop: 'No more mails about {topic}',
  settings: { label: 'Choose which mails you get', path: '/settings/notifications' },
}
