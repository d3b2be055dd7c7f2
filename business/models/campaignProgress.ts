import type { Campaign, CampaignCounters, CampaignDetails } from './campaign.ts'

/** Contacts with a final state. */
export function doneCount({ enrolled, waiting, calling }: CampaignCounters): number {
  return enrolled - waiting - calling
}

/** How a progress bar divides them, in the words people use: called to the end, in a call, still to come, not to be called. */
export function progressParts({ reached, exhausted, calling, waiting, blocked, opted_out, removed }: CampaignCounters) {
  return { called: reached + exhausted, calling, waiting, blocked: blocked + opted_out + removed }
}

/** Share of contacts with a final state, 0 to 1; 0 for an empty campaign. */
export function progressOf(counters: CampaignCounters): number {
  return counters.enrolled === 0 ? 0 : doneCount(counters) / counters.enrolled
}

/** Share of its calls that somebody answered, 0 to 1; null before the first. */
export function answerRateOf({ calls_count, answered_count }: Pick<Campaign, 'calls_count' | 'answered_count'>): number | null {
  return calls_count === 0 ? null : answered_count / calls_count
}

/** What the minutes bought: minutes alone say nothing about whether they were well spent. */
export function yieldOf({ outcomes, used_seconds }: Pick<CampaignDetails, 'outcomes' | 'used_seconds'>) {
  const calls = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  const conversations = outcomes.answered
  return {
    calls,
    conversations,
    answer_rate: calls === 0 ? null : conversations / calls,
    seconds_per_conversation: conversations === 0 ? null : Math.round(used_seconds / conversations),
  }
}
