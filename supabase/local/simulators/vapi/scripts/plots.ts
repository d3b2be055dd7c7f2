/** What happens in each script whatever the language: how it ends, what it came to, and who is on the line. */
import type { Manner } from '../conversation.ts'
import type { CommonPlot, Facts, PlotName, RarePlot, Scene } from './script.ts'
import { nextThursdayAtTwo, nextTimeAtFive } from './times.ts'

interface Plot extends Manner {
  /** For the control page and the README. */
  title: string
  endedReason: string | ((scene: Scene) => string)
  ringSeconds: number
  /** Absent: there is nothing that a model could judge. */
  facts?: (scene: Scene) => Facts
  isSuccess?: true
}

const usual: Facts = { disposition: 'not_interested', sentiment: 'neutral', interest: 2, opt_out: false, is_right_person: true }
export const plots: Record<PlotName, Plot> = {
  interested: {
    title: 'Interested, books a follow-up', endedReason: 'assistant-ended-call', ringSeconds: 4, isSuccess: true,
    facts: ({ now }) => ({ ...usual, disposition: 'interested', sentiment: 'positive', interest: 9, appointment_at: nextThursdayAtTwo(now) }),
  },
  notNow: { title: 'Polite no', endedReason: 'customer-ended-call', ringSeconds: 5, facts: () => ({ ...usual, interest: 3 }) },
  hangsUp: { title: 'Hangs up early', endedReason: 'customer-ended-call', ringSeconds: 5, facts: () => ({ ...usual, sentiment: 'negative', interest: 1 }) },
  optsOut: {
    title: 'Asks to be removed', endedReason: 'assistant-ended-call', ringSeconds: 4,
    facts: () => ({ ...usual, disposition: 'do_not_call', sentiment: 'negative', interest: 0, opt_out: true }),
  },
  wrongNumber: {
    title: 'Wrong number', endedReason: 'customer-ended-call', ringSeconds: 5, person: 'woman',
    facts: () => ({ ...usual, disposition: 'wrong_number', interest: 0, is_right_person: false }),
  },
  voicemail: {
    // Without detection a machine looks like a person who says nothing more.
    title: 'Voicemail with a tone', endedReason: ({ detectsVoicemail }) => detectsVoicemail ? 'voicemail' : 'silence-timed-out', ringSeconds: 9, person: 'machine',
  },
  callBack: {
    title: 'Drives, wants to be called at five', endedReason: 'customer-ended-call', ringSeconds: 6, person: 'driver',
    facts: ({ now }) => ({ ...usual, disposition: 'callback', interest: 6, callback_at: nextTimeAtFive(now).at }),
  },
  annoyed: {
    title: 'Annoyed', endedReason: 'customer-ended-call', ringSeconds: 3, person: 'angry',
    facts: () => ({ ...usual, sentiment: 'negative', interest: 0 }),
  },
  elderly: {
    title: 'Elderly, asks to repeat', endedReason: 'assistant-ended-call', ringSeconds: 14, person: 'elderly',
    facts: () => ({ ...usual, disposition: 'information', sentiment: 'positive', interest: 4 }),
  },
  haggler: {
    title: 'Haggles about the price', endedReason: 'assistant-ended-call', ringSeconds: 4, person: 'woman', isSuccess: true,
    facts: ({ now }) => ({ ...usual, disposition: 'interested', sentiment: 'positive', interest: 8, price: 180, appointment_at: nextThursdayAtTwo(now) }),
  },
  asksRobot: {
    title: 'Asks "are you a robot?"', endedReason: 'assistant-ended-call', ringSeconds: 5, person: 'woman',
    facts: () => ({ ...usual, disposition: 'information', sentiment: 'positive', interest: 5, asked_if_robot: true }),
  },
  screening: {
    title: 'Call screening that sounds like a person', endedReason: 'customer-ended-call', ringSeconds: 2, person: 'machine',
    facts: () => ({ ...usual, disposition: 'screened', interest: 1, is_right_person: false }),
  },
  silence: { title: 'Picks up and says nothing', endedReason: 'silence-timed-out', ringSeconds: 6 },
  busy: { title: 'Busy', endedReason: 'customer-busy', ringSeconds: 2 },
  noAnswer: { title: 'No answer', endedReason: 'customer-did-not-answer', ringSeconds: 24 },
  /** Picked up, and the provider breaks before the first word. */
  providerFault: { title: 'Provider error after the start', endedReason: 'call.in-progress.error-providerfault-openai-llm-failed', ringSeconds: 4 },
}

/** What happens instead where a language has no such dialogue. */
export const RELATIVES: Record<RarePlot, CommonPlot> = { elderly: 'asksRobot', haggler: 'interested', screening: 'voicemail' }
