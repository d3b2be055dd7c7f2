/** Who is told what, once, and whose reading it is. */
import { guards } from '../mutation.ts'

export const noticeGuards = [
  ...guards('database/notifications', [
    ['once for each cause', 'tell_event', 'on conflict do nothing', ''],
    ['over when told', 'tell_event', 'tell_event.details, private.now())', 'tell_event.details, null)'],
    ['who brought it', 'hears_of', 'notice.recipient_id = m.user_id', 'true'],
    ['of the person', 'hears_of', 'm.user_id = hears_of.user_id and', ''],
    ['their campaigns', 'hears_of', `(p.scope = 'account' or exists (select from public.campaign_members s where s.campaign_id = notice.campaign_id and s.user_id = m.user_id))`, 'true'],
    ['money', 'hears_of', `private.notice_permission(notice.kind)`, `'campaigns.read'`],
    ['visible', 'list_notifications', 'and private.hears_of(n, auth.uid())', ''],
    ['visible', 'unread_notices', 'and private.hears_of(n, m.user_id)', ''],
    ['of the person', 'unread_notices', 'and r.user_id = m.user_id', ''],
    ['no further than seen', 'unread_notices', 'and (unread_notices.newest_id is null or n.id <= unread_notices.newest_id)', ''],
    ['news alone', 'unread_notices', 'and n.created_at >= m.created_at', ''],
    ['only when something was read', 'read_notifications', 'if found then', 'if true then'],
    ['their own topic', 'may_listen', `coalesce(private.as_uuid(split_part(may_listen.topic, ':', 2)) = private.proven_person(), false)`, 'true'],
    ['a member still', 'tell_import', 'and m.user_id = import.created_by', ''],
    ['what is over', 'forget_notices', `o.resolved_at < forget_notices.moment`, `o.created_at < forget_notices.moment`],
    ['people are told', 'complete_finished_campaigns', 'perform private.tell_event(', 'perform jsonb_build_array('],
    ['whole campaigns', 'list_notices', `private.notice_permission(n.kind)`, `'account.read'`],
  ]),
  ...guards('database/noticeMails', [
    ['a minute', 'sweep_notice_mails', 'and n.created_at <= moment - interval \'1 minute\'', ''],
    ['ten minutes', 'sweep_notice_mails', 'and (a.notices_mailed_at is null or a.notices_mailed_at <= moment - interval \'10 minutes\')', ''],
    ['gathered once', 'queue_notice_mails', 'and n.mailed_at is null', ''],
    ['who may and wants', 'queue_notice_mails', 'and private.is_mailed_to(g.notice, m.user_id)', ''],
    ['who still may and wants', 'notice_mail', 'and private.is_mailed_to(n, notice_mail.user_id)', ''],
    ['worth it', 'is_mailed_to', 'private.is_worth_a_mail(notice) and', ''],
    ['not over', 'is_mailed_to', 'and (notice.cause is not null or (notice.resolved_at is null and notice.dismissed_at is null))', ''],
    ['may hear', 'is_mailed_to', 'and private.hears_of(notice, is_mailed_to.user_id)', ''],
    ['their wish', 'wants_mail', 'and p.user_id = wants_mail.user_id and p.topic', 'and p.topic'],
    ['what they can do', 'wants_mail', 'and r.permission = (private.topic_permissions(wants_mail.topic)).acts', ''],
    ['a known topic', 'save_notice_preference', 'if not coalesce(', 'if false and not coalesce('],
    ['the signature', 'unsubscribe', 'or parts[5] <> private.link_signature(parts[1])', ''],
    ['of the person', 'unsubscribe', 'and m.user_id = private.as_uuid(parts[3])', ''],
    ['to nobody of the account', 'mail_billing', 'not exists', 'true or not exists'],
  ]),
  ...guards('database/accountLock', [
    ['waits for nobody', 'sweep_notice_mails', 'for update of a skip locked', ''],
    ['account first', 'lock_ending_import', 'perform private.lock_account(account_id);', ''],
  ]),
]
