/** Who is told what, once, and whose reading it is. */
import { guards } from '../mutation.ts'

export const noticeGuards = [
  ...guards('database/notifications', [
    ['once for each cause', 'tell_event', 'on conflict do nothing', ''],
    ['over when told', 'tell_event', 'tell_event.details, private.now())', 'tell_event.details, null)'],
    ['who brought it', 'hears_of', 'notice.recipient_id = m.user_id', 'true'],
    ['of the person', 'hears_of', 'm.user_id = hears_of.user_id and', ''],
    ['their campaigns', 'hears_of', `(p.scope = 'account' or exists (select from public.campaign_members s where s.campaign_id = notice.campaign_id and s.user_id = m.user_id))`, 'true'],
    ['money', 'hears_of', `case when private.is_about_money(notice.kind) then 'billing.read' else 'campaigns.read' end`, `'campaigns.read'`],
    ['visible', 'list_notifications', 'and private.hears_of(n, auth.uid())', ''],
    ['visible', 'unread_notices', 'and private.hears_of(n, m.user_id)', ''],
    ['of the person', 'unread_notices', 'and r.user_id = m.user_id', ''],
    ['no further than seen', 'unread_notices', 'and (unread_notices.newest_id is null or n.id <= unread_notices.newest_id)', ''],
    ['news alone', 'unread_notices', 'and n.created_at >= m.created_at', ''],
    ['only when something was read', 'read_notifications', 'if found then', 'if true then'],
    ['their own topic', 'may_listen', `coalesce(private.as_uuid(split_part(may_listen.topic, ':', 2)) = auth.uid(), false)`, 'true'],
    ['a member still', 'tell_import', 'and m.user_id = import.created_by', ''],
    ['what is over', 'forget_notices', `o.resolved_at < forget_notices.moment`, `o.created_at < forget_notices.moment`],
    ['people are told', 'complete_finished_campaigns', 'perform private.tell_event(', 'perform jsonb_build_array('],
    ['whole campaigns', 'list_notices', `case when private.is_about_money(n.kind) then 'billing.read' else 'campaigns.read' end`, `'account.read'`],
  ]),
  ...guards('database/accountLock', [
    ['account first', 'lock_ending_import', 'perform private.lock_account(account_id);', ''],
  ]),
]
