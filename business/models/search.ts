import type { CampaignStatus } from './campaign.ts'

/** What the command menu finds; each has a page of its own. */
export const thingKinds = ['campaign', 'contact', 'assistant'] as const
export type ThingKind = (typeof thingKinds)[number]

export interface FoundThing {
  kind: ThingKind
  id: string
  /** Of a contact as far as the person may see it; empty where nobody gave it a name. */
  title: string
  /** Tells two of one name apart: a contact's number and company. */
  detail: string | null
  /** Of a campaign. */
  status: CampaignStatus | null
  is_archived: boolean
}

export const pathOf = ({ kind, id }: Pick<FoundThing, 'kind' | 'id'>): string => `/${kind}s/${id}`

/** The thing whose page, or a page below it, an address shows. */
export function thingAt(path: string): Pick<FoundThing, 'kind' | 'id'> | null {
  const [, plural = '', id = ''] = path.split('/')
  const kind = thingKinds.find((known) => `${known}s` === plural)
  return kind && /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id) ? { kind, id } : null
}
