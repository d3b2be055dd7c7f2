import { z } from 'zod'
import { formatStyles } from './formatStyle.ts'
import { noticeKinds, noticeTopics } from './notice.ts'

/** What the database says of a mail about notices at the moment of sending: to whom, of what, and how to stop such mails. */
export const noticeMailSchema = z.object({
  to: z.string(),
  account_name: z.string(),
  time_zone: z.string(),
  format_style: z.enum(formatStyles),
  /** Of all; told are the newest twenty. */
  count: z.number(),
  notices: z.array(z.object({
    kind: z.enum(noticeKinds),
    campaign_id: z.string().nullable(),
    campaign_name: z.string().nullable(),
    import_id: z.string().nullable(),
    file_name: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    created_at: z.string(),
  })).min(1),
  topics: z.array(z.object({ topic: z.enum(noticeTopics), token: z.string() })),
  /** Stops all of these topics at once. */
  token: z.string(),
})
export type NoticeMail = z.infer<typeof noticeMailSchema>
export type MailedNotice = NoticeMail['notices'][number]
