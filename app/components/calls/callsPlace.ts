import type { RouteLocationRaw } from 'vue-router'
import { queryOfCalls, type CallConditions } from '~~/business/models/callFilter.ts'

/** Where these calls stand in the log, of the whole account or of one campaign. */
export function callsPlace(conditions: CallConditions, campaignId?: string): RouteLocationRaw {
  const path = campaignId === undefined ? '/calls' : `/campaigns/${campaignId}/calls`
  return { path, query: queryOfCalls(conditions) }
}
