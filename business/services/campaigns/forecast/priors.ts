import type { ForecastOutcome } from '../../../models/forecast.ts'

/**
 * What a forecast assumes before there are calls to learn from: shares that lists of consenting people usually show, and twenty
 * equally frequent values of how long a line is held and how long they talk, in seconds. Priors, not measurements: as soon as the
 * account has called, its own history outweighs them.
 */
export interface OutcomePrior {
  outcome: ForecastOutcome
  share: number
  /** Of those, how many are numbers that nobody tries again. */
  finalShare: number
  lineSeconds: readonly number[]
  talkSeconds: readonly number[]
}

const twenty = (valueAt: (index: number) => number) => Array.from({ length: 20 }, (_, index) => Math.round(valueAt(index)))
const nothing = twenty(() => 0)
const conversation = [8, 14, 20, 26, 31, 37, 43, 49, 55, 62, 69, 77, 85, 94, 105, 118, 133, 152, 180, 240]

export const priors: readonly OutcomePrior[] = [
  { outcome: 'answered', share: 0.34, finalShare: 0, lineSeconds: conversation.map((seconds, index) => seconds + 8 + index % 10), talkSeconds: conversation },
  { outcome: 'voicemail', share: 0.22, finalShare: 0, lineSeconds: twenty((index) => 34 + index), talkSeconds: twenty((index) => 12 + index) },
  { outcome: 'no_answer', share: 0.3, finalShare: 0, lineSeconds: twenty((index) => 24 + index * 0.8), talkSeconds: nothing },
  { outcome: 'busy', share: 0.09, finalShare: 0, lineSeconds: twenty((index) => 3 + index * 0.4), talkSeconds: nothing },
  { outcome: 'failed', share: 0.05, finalShare: 0.5, lineSeconds: twenty((index) => 2 + index * 0.5), talkSeconds: nothing },
]

/** As many calls of one's own weigh as much as the priors. */
export const priorCalls = 20
/** From so many of its own calls on a campaign is judged by them alone, and not by the account's others. */
export const campaignCallsEnough = 100
/** How much the length of a conversation varies from one to the next, as a share of the mean. */
export const talkVariation = 0.9
/** From the end of a call until the next number is dialled in its slot: reports travel, and the dispatcher looks every two seconds. Measured in the simulation: 2.2 to 3.4. */
export const claimLagSeconds = 2.7
/** How often somebody of another campaign is called on average until the matter is over. */
export const attemptsOfOthers = 1.8
