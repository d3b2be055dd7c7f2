import type { FormHandle } from '~/composables/useForm'
import type { CampaignFormInput } from '~~/business/models/campaignForm.ts'

/** What the parts of the campaign form need of it. */
export type CampaignFormHandle = FormHandle & { values: Readonly<CampaignFormInput> }
