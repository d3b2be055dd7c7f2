import type { CampaignBlocker } from '~~/business/models/campaign.ts'

/** The way through the wizard, in order. */
export const setupSteps = ['basics', 'contacts', 'schedule', 'review'] as const
export type SetupStep = (typeof setupSteps)[number]

export const setupPlace = (campaignId: string, step: SetupStep): string => `/campaigns/${campaignId}/setup/${step}`

/** The step in which a blocker is mended; the others are mended where the review says. */
const places: Partial<Record<CampaignBlocker['code'], SetupStep>> = {
  no_assistant: 'basics', no_contacts: 'contacts', no_callable_contacts: 'contacts', no_window: 'schedule', window_never_open: 'schedule', ended: 'schedule', budget_used: 'schedule',
  terms_not_accepted: 'review', voice_language: 'basics',
}
export const stepOf = ({ code }: CampaignBlocker): SetupStep => places[code] ?? 'review'

/** Steps with a fault, as far as the person has come: what is still ahead is not wrong yet. */
export function faultySteps(blockers: readonly CampaignBlocker[], current: SetupStep): Set<SetupStep> {
  const come = setupSteps.indexOf(current)
  return new Set(blockers.map(stepOf).filter((step) => setupSteps.indexOf(step) < come))
}
