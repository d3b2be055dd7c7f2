import type { CampaignPurpose } from '~~/business/models/campaign.ts'
import type { ConsentChannel } from '~~/business/models/consent.ts'
import type { ConsentFormInput } from '~~/business/models/consentForm.ts'
import type { ColumnUse, FileFacts, ImportField } from '~~/business/models/contactFile.ts'
import type { DuplicateRule } from '~~/business/models/import.ts'
import type { CountryCode } from '~~/business/models/phone.ts'
import { dayIn } from '~~/business/models/timeZone.ts'
import type { ImportPlan } from '~~/business/services/contacts/judgeRow.ts'

/** Everything a person says about a file. */
export interface ImportAnswers {
  uses: ColumnUse[]
  country: CountryCode | null
  zone: string | null
  duplicates: DuplicateRule
  list_id: string | null
  tag_ids: string[]
  /** What everybody in the file agreed to; null before the question was seen. */
  consent: ConsentFormInput | null
  /** What the file's own consent columns leave unsaid. */
  consent_purposes: CampaignPurpose[]
  consent_channel: ConsentChannel
  consent_text: string
  /** Fields whose unreadable values are left out. */
  emptied: ImportField[]
  /** Cells corrected by hand, by row and column. */
  fixes: Record<number, Record<number, string>>
}

export function emptyAnswers(): ImportAnswers {
  return {
    uses: [], country: null, zone: null, duplicates: 'update', list_id: null, tag_ids: [], consent: null,
    consent_purposes: [], consent_channel: 'other', consent_text: '', emptied: [], fixes: {},
  }
}

/** What the worker needs to judge the rows, as plain values that can be sent to it. */
export function planOf(facts: FileFacts | null, answers: ImportAnswers, now: Date, zone: string): ImportPlan | null {
  if (!facts) return null
  return JSON.parse(JSON.stringify({
    columns: facts.columns, uses: answers.uses, country: answers.country, default_time_zone: answers.zone, today: dayIn(zone, now),
    consent: { purposes: answers.consent_purposes, channel: answers.consent_channel, text_shown: answers.consent_text },
    emptied: answers.emptied, fixes: answers.fixes,
  } satisfies ImportPlan)) as ImportPlan
}
