/** The parts of a campaign's page; the overview is its address without a part. */
export const campaignSections = ['overview', 'contacts', 'calls', 'settings', 'activity'] as const
export type CampaignSection = (typeof campaignSections)[number]

/** The part an address names; null: there is none of that name. */
export function sectionOf(name: unknown): CampaignSection | null {
  if (name === undefined || name === '') return 'overview'
  return campaignSections.find((known) => known === name && known !== 'overview') ?? null
}
