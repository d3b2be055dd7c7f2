/** The list, consent, promised calls, what a conversation causes, and who may listen. */
import { guards } from '../mutation.ts'

export const contactGuards = [
  ...guards('database/doNotCall', [
    ['who waits waits no more', 'list_numbers', `update public.enrolments e set status = 'opted_out', reason = 'do_not_call' from leaving l where e.id = l.id;`, `update public.enrolments e set reason = e.reason from leaving l where e.id = l.id;`],
    ['out of the queue', 'list_numbers', 'delete from engine.dial_queue q using leaving l where q.enrolment_id = l.id', 'select 1'],
  ]),
  ...guards('database/consent', [
    ['not revoked', 'valid_consent', 'and (c.revoked_at is null or c.revoked_at > valid_consent.at)', ''],
  ]),
]
