import { forecastOutcomes, type CallHistory, type ForecastBasis, type ForecastFacts, type ForecastOutcome } from '../../../models/forecast.ts'
import { bell, gamma, streamOf } from './chance.ts'
import { campaignCallsEnough, priorCalls, priors, talkVariation } from './priors.ts'

/** What a line will do in one run, as likely as history allows: outcome by outcome, in the order of forecastOutcomes. */
export interface Likelihood {
  /** Cumulative; the last is 1. */
  upTo: number[]
  finalShare: number[]
  lineSeconds: (readonly number[])[]
  talkSeconds: (readonly number[])[]
  /** How many conversations end with the wish for another call, and how much later. */
  callbackShare: number
  callbackSeconds: number
}

export function basisOf({ history }: Pick<ForecastFacts, 'history'>): ForecastBasis {
  if (history.campaign.calls >= campaignCallsEnough) return { kind: 'campaign', calls: history.campaign.calls }
  return history.account.calls > 0 ? { kind: 'account', calls: history.account.calls } : { kind: 'priors', calls: 0 }
}

/**
 * Draws what is likely: few calls leave much open, so runs differ more from each other. The shares are drawn around what was counted
 * (priors count as a few calls), and so is the mean length of a conversation.
 */
export function drawLikelihood(facts: Pick<ForecastFacts, 'history'>, seed: number): Likelihood {
  const basis = basisOf(facts)
  const history = basis.kind === 'campaign' ? facts.history.campaign : facts.history.account
  const next = streamOf(seed, 0x10CA)
  const known = forecastOutcomes.map((outcome) => mixed(history, outcome))
  const weights = known.map(({ weight }) => (weight > 0 ? gamma(weight, next) : 0))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  const upTo = weights.map((weight) => (sum += weight) / total)
  const conversations = known[0]?.weight ?? 0
  const stretch = Math.exp(bell(next) * talkVariation / Math.sqrt(conversations + 1))
  return {
    upTo, finalShare: known.map(({ finalShare }) => finalShare),
    lineSeconds: known.map(({ line, talk }) => line.map((seconds, index) => seconds + (stretch - 1) * (talk[index] ?? 0))),
    talkSeconds: known.map(({ talk }) => talk.map((seconds) => seconds * stretch)),
    callbackShare: conversations > 0 ? history.callbacks.calls / conversations : 0, callbackSeconds: history.callbacks.later_seconds,
  }
}

const silent = { share: 0, finalShare: 0, lineSeconds: [0], talkSeconds: [0] }
const uncounted = { calls: 0, final_count: 0 }
/** A handful of lengths says less than the prior's twenty. */
const lengthsEnough = 5

function mixed(history: CallHistory, outcome: ForecastOutcome) {
  const prior = priors.find((each) => each.outcome === outcome) ?? silent
  const own = history.outcomes.find((each) => each.outcome === outcome)
  const { calls, final_count } = own ?? uncounted
  const weight = calls + prior.share * priorCalls
  const finals = final_count + prior.share * prior.finalShare * priorCalls
  const isKnown = own !== undefined && (calls >= lengthsEnough || prior === silent)
  return {
    weight, finalShare: weight > 0 ? finals / weight : 0,
    line: isKnown ? own.line_seconds : prior.lineSeconds, talk: isKnown ? own.talk_seconds : prior.talkSeconds,
  }
}
