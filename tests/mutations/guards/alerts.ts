/** When the installation's people are mailed, and how often. */
import { guards } from '../mutation.ts'

export const alertGuards = guards('database/alerts', [
  ['as long as it says', 'judge_alerts', 'a.unusual_since <= moment - a.lasting', 'a.unusual_since is not null'],
  ['looked at without a gap', 'judge_alerts', `a.seen_at > moment - interval '5 minutes'`, 'true'],
  ['raised once', 'judge_alerts', 'where a.raised_at is null and', 'where'],
  ['a day apart', 'tell_operators', `coalesce(alert.told_at <= moment - interval '1 day', true) and`, ''],
  ['over only for who knew', 'tell_operators', 'alert.told_at >= alert.raised_at and', ''],
  ['somebody was told', 'tell_operators', `and private.mail_operators('alert_raised', alert.name, moment)`, `and (private.mail_operators('alert_raised', alert.name, moment) or true)`],
  ['a confirmed address', 'mail_operators', 'where u.email_confirmed_at is not null and', 'where'],
  ['one watch', 'watch', `private.begin_sweep('watch', moment, interval '1 minute')`, 'true'],
  ['without the heartbeat', 'watch', `perform private.call_function('run-outbox');`, ''],
  ['the installation\'s people', 'platform_alerts', 'perform private.require_being_operator();', ''],
])
