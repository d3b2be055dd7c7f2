import type { FormHandle } from '~/composables/useForm'
import type { DayOff } from '~~/business/models/callingDays.ts'
import type { CallingHours } from '~~/business/models/callingWeek.ts'
import type { CampaignFormInput } from '~~/business/models/campaignForm.ts'

/** What the parts of the campaign form need of it. */
export type CampaignFormHandle = FormHandle & { values: Readonly<CampaignFormInput> }

/** What lines of hours and days off need of a form: a campaign's, or the account's calling rules. */
export type HoursFormHandle = FormHandle & { values: { readonly windows: CallingHours[] } }
export type DaysOffFormHandle = FormHandle & { values: { readonly blackout_dates: DayOff[] } }
