/** What was typed into a step of the wizard and not saved yet, kept on the person's own machine until it is. */
const prefix = 'outdial-campaign:'

export const keptKey = (accountId: string, campaignId: string | null, step: string): string => `${prefix}${accountId}:${campaignId ?? 'new'}:${step}`

export function keep(key: string, values: object): void {
  try {
    localStorage.setItem(key, JSON.stringify(values))
  } catch {
    // A full or forbidden storage: the input lives as long as the page.
  }
}

export function recall(key: string): Record<string, unknown> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, unknown>
  } catch {
    // Cut off or written by another version: as if nothing had been kept.
    return {}
  }
}

export const forget = (key: string): void => localStorage.removeItem(key)

/** Names of campaigns must not stay on a machine that somebody signed out of. */
export function forgetAllInput(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
}
