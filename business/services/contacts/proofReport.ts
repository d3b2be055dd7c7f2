import type { AllowedDial, DialDecision, DialProof, DeniedDial, ProofConsent, ProofListChange, ProofRule, ProofRules } from '../../models/dialProof.ts'

/** The words of the reader's language, and how they write times and places. */
export interface ProofWords {
  /** A text of the catalogue below "proof", with what it speaks of. */
  say: (key: string, facts?: Record<string, string | number>) => string
  /** An instant in the account's zone, which it names. */
  momentOf: (iso: string) => string
  /** What the clocks of the contact showed, "2026-11-23T14:05:00", in words. */
  localOf: (local: string) => string
  /** A time of day, "21:00". */
  clockOf: (time: string) => string
  dayOf: (day: string) => string
  regionOf: (code: string) => string
  phoneOf: (e164: string) => string
}

export interface ProofLine {
  label: string
  text: string
}

/** One decision as a person reads it: what happened, when, and each thing it was decided by. */
export interface ProofEntry {
  key: string
  isAllowed: boolean
  title: string
  moment: string
  campaign: string | null
  call_id: string | null
  lines: ProofLine[]
}

export interface ProofRuleSet {
  title: string
  rules: { name: string, text: string, citation: string }[]
}

export interface ProofReport {
  /** The answer in two or three sentences. */
  summary: string[]
  entries: ProofEntry[]
  ruleSets: ProofRuleSet[]
  listHistory: ProofLine[]
}

/** The proof in words: the same ones on the page and in the document. Nothing is left out and nothing is judged again. */
export function proofReport(proof: DialProof, words: ProofWords): ProofReport {
  const rules = new Map(proof.rules.map((set) => [keyOf(set), set]))
  return {
    summary: summaryOf(proof, words),
    entries: proof.decisions.map((decision) => entryOf(decision, rules.get(keyOf({ version: decision.rule_version, region: decision.region ?? '' })), words)),
    ruleSets: proof.rules.map((set) => ruleSetOf(set, words)),
    listHistory: proof.list_history.map((change) => listLineOf(change, words)),
  }
}

const keyOf = ({ version, region }: Pick<ProofRules, 'version' | 'region'>) => `${version} ${region}`

function summaryOf({ decisions, list_history, is_complete }: DialProof, { say, momentOf }: ProofWords): string[] {
  const allowed = decisions.filter(({ decision }) => decision === 'allowed').length
  const last = list_history.at(-1)
  return [
    say('summary.decisions', { allowed, denied: decisions.length - allowed }),
    last ? say(`summary.list.${last.change}`, { at: momentOf(last.created_at) }) : say('summary.list.never'),
    ...(is_complete ? [] : [say('summary.incomplete')]),
  ]
}

function entryOf(decision: DialDecision, rules: ProofRules | undefined, words: ProofWords): ProofEntry {
  const { say, momentOf } = words
  const isAllowed = decision.decision === 'allowed'
  return {
    key: isAllowed ? decision.call_id : `${decision.enrolment_id} ${decision.at}`,
    isAllowed,
    title: isAllowed ? allowedTitle(decision, say) : say('denied', { reason: say(`reason.${decision.reason}`) }),
    moment: momentOf(decision.at),
    campaign: decision.campaign_name,
    call_id: isAllowed ? decision.call_id : null,
    lines: linesOf(decision, rules, words).filter(({ text }) => text !== ''),
  }
}

function allowedTitle({ outcome, is_counted }: AllowedDial, say: ProofWords['say']): string {
  if (!is_counted) return say('allowed.voided')
  return say('allowed.called', { outcome: say(`outcome.${outcome ?? 'unknown'}`) })
}

function linesOf(decision: DialDecision, rules: ProofRules | undefined, words: ProofWords): ProofLine[] {
  const line = (name: string, text: string) => ({ label: words.say(`line.${name}`), text })
  return [
    line('local_time', localTimeOf(decision, words)),
    line('list', listStateOf(decision, words)),
    line('consent', consentOf(decision, words)),
    line('counts', countsOf(decision, words)),
    line('wish', decision.facts?.wish_opens_at ? words.say('wish', { at: words.momentOf(decision.facts.wish_opens_at) }) : ''),
    line('rules', rulesNamed(decision, rules, words)),
  ]
}

/** A person's own zone is not the company's: the hours of the law are those of the person. */
function localTimeOf({ local_time, facts }: DialDecision, { say, localOf, momentOf }: ProofWords): string {
  if (!local_time) return say('local_time.unknown')
  const time = say('local_time.known', { time: localOf(local_time), zone: facts?.time_zone ?? 'UTC' })
  return facts?.open_until ? say('local_time.open', { time, until: momentOf(facts.open_until) }) : time
}

function listStateOf({ list }: DialDecision, { say, momentOf }: ProofWords): string {
  const { is_listed, source, since } = list
  if (is_listed) return say('list.listed', { since: since ? momentOf(since) : '', source: say(`source.${source ?? 'hand'}`) })
  return since ? say('list.removed', { since: momentOf(since) }) : say('list.never')
}

function consentOf(decision: DialDecision, words: ProofWords): string {
  const { say } = words
  const { purpose, needed_consent, consent_override } = decision.facts ?? {}
  if (!purpose) return say('consent.not_asked')
  const question = needed_consent
    ? say('consent.needed', { purpose: say(`purpose.${purpose}`), basis: say(`basis.${needed_consent}`) })
    : say('consent.not_needed', { purpose: say(`purpose.${purpose}`) })
  const record = decision.decision === 'allowed' ? decision.consent : null
  return [question, answerOf(record, { isNeeded: Boolean(needed_consent), override: consent_override }, words)].filter(Boolean).join(' ')
}

function answerOf(record: ProofConsent | null, { isNeeded, override }: { isNeeded: boolean, override?: string }, words: ProofWords): string {
  if (record) return recordOf(record, words)
  if (override) return words.say('consent.override', { reason: override })
  return isNeeded ? words.say('consent.none') : ''
}

function recordOf(record: ProofConsent, { say, momentOf }: ProofWords): string {
  const { basis, channel, purposes, given_at, created_at, text_shown, evidence, revoked_at, revoke_reason } = record
  const facts = {
    basis: say(`basis.${basis}`),
    channel: say(`channel.${channel}`),
    purposes: purposes.map((purpose) => say(`purpose.${purpose}`)).join(', '),
    given: momentOf(given_at),
    recorded: momentOf(created_at),
  }
  return [
    say('consent.record', facts),
    text_shown && say('consent.text', { text: text_shown }),
    evidence && say('consent.evidence', { evidence }),
    revoked_at && say('consent.revoked', { at: momentOf(revoked_at), reason: revoke_reason ?? '' }),
  ].filter(Boolean).join(' ')
}

function countsOf({ facts }: DialDecision, { say, momentOf }: ProofWords): string {
  if (!facts || facts.calls_in_period === undefined) return say('counts.not_asked')
  const { calls_in_period, max_calls = 0, per_hours = 0, minimum_gap_seconds = 0, cap_frees_at, gap_ends_at } = facts
  return [
    say('counts.period', { calls: calls_in_period, max: max_calls, hours: per_hours }),
    minimum_gap_seconds > 0 ? say('counts.gap', { minutes: Math.ceil(minimum_gap_seconds / 60) }) : '',
    cap_frees_at ? say('counts.cap_frees', { at: momentOf(cap_frees_at) }) : '',
    gap_ends_at ? say('counts.gap_ends', { at: momentOf(gap_ends_at) }) : '',
  ].filter(Boolean).join(' ')
}

/** What a call must keep to at the moment of dialling; what is said in it stands in the rules below. */
const dialRules = new Set<ProofRule['kind']>(['hours', 'frequency', 'consent', 'holidays'])

function rulesNamed({ rule_version, region }: DialDecision | DeniedDial, rules: ProofRules | undefined, { say, regionOf }: ProofWords): string {
  const citations = new Set(rules?.rules.filter(({ kind }) => dialRules.has(kind)).map(({ citation }) => citation))
  const facts = { version: rule_version, region: region ? regionOf(region) : say('rules.no_region') }
  return citations.size > 0 ? say('rules.cited', { ...facts, citations: [...citations].join('; ') }) : say('rules.none', facts)
}

function ruleSetOf({ version, region, rules }: ProofRules, words: ProofWords): ProofRuleSet {
  const { say, regionOf } = words
  return {
    title: say('rules.title', { version, region: region ? regionOf(region) : say('rules.no_region') }),
    rules: rules.map((rule) => ({
      name: say('rules.name', { kind: say(`rules.kind.${rule.kind}`), pack: rule.pack }),
      text: ruleTextOf(rule, words),
      citation: say(rule.effective_until ? 'rules.in_force_until' : 'rules.in_force', {
        citation: rule.citation, from: words.dayOf(rule.effective_from), until: rule.effective_until ? words.dayOf(rule.effective_until) : '' }),
    })),
  }
}

function ruleTextOf({ kind, value, hours }: ProofRule, { say, clockOf }: ProofWords): string {
  if (kind === 'hours') {
    return hours.map(({ weekday, opens_at, closes_at }) => say('rules.hours', { day: say(`day.${weekday}`), from: clockOf(opens_at), until: clockOf(closes_at) })).join(', ')
  }
  if (kind === 'frequency') return say('rules.frequency', { max: Number(value.max_calls), hours: Number(value.per_hours) })
  if (kind === 'consent') {
    return Object.entries(value).map(([purpose, basis]) => say('rules.consent', { purpose: say(`purpose.${purpose}`), basis: say(`basis.${String(basis)}`) })).join(', ')
  }
  return say(`rules.text.${kind}`)
}

function listLineOf({ change, source, reason, created_at }: ProofListChange, { say, momentOf }: ProofWords): ProofLine {
  const what = say(`history.${change}`, { source: say(`source.${source}`) })
  return { label: momentOf(created_at), text: reason ? say('history.with_reason', { what, reason }) : what }
}
