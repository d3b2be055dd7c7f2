/** What happens at a number, in the words of the assistant's language. */
import { chosenFor } from './numbers.ts'
import { plots, RELATIVES } from './plots.ts'
import type { Line } from '../conversation.ts'
import type { CommonPlot, Dialogue, Language, PlotName, RarePlot, Scene, Script, Words } from './script.ts'
import { de } from './words/de.ts'
import { en } from './words/en.ts'
import { es } from './words/es.ts'
import { fr } from './words/fr.ts'

export { isOutOfService } from './numbers.ts'

/** After this long without a word the provider gives up. */
const SILENCE_TIMEOUT = 30

const WORDS: Record<Language, Words> = { en, de, es, fr }

export function scriptFor(number: string, scene: Scene): Script {
  const { plot, language, isUntold } = chosenFor(number)
  const script = tell(plot, language ? { ...scene, language } : scene)
  return isUntold ? { ...script, analysis: undefined } : script
}

/** A plot as it goes in the scene's language, or the nearest one that the language has words for. */
export function tell(wanted: PlotName, scene: Scene): Script {
  const words = WORDS[scene.language]
  const plot = isRare(wanted) && !words[wanted] ? RELATIVES[wanted] : wanted
  const { endedReason: reason, facts, isSuccess = false, ringSeconds, person } = plots[plot]
  const dialogue = isSpoken(plot) ? words[plot]?.(scene) : undefined
  const lines = dialogue && untilEndPhrase(dialogue.lines, scene)
  if (lines) return { plot, endedReason: 'assistant-said-end-call-phrase', ringSeconds, ...(person && { person }), lines }
  const endedReason = typeof reason === 'string' ? reason : reason(scene)
  return {
    plot, endedReason, ringSeconds, ...(person && { person }), ...(endedReason === 'silence-timed-out' && { silenceAtEnd: SILENCE_TIMEOUT }), ...linesOf(plot, dialogue && withGoodbye(dialogue, endedReason, scene)),
    ...(facts && dialogue && { analysis: { summary: dialogue.summary, isSuccess, facts: facts(scene) } }),
  }
}

/** What is said until the assistant has spoken a phrase that ends its calls; null when it never does. */
function untilEndPhrase(lines: Line[], { endPhrases }: Scene): Line[] | null {
  const wanted = endPhrases.map((phrase) => phrase.toLowerCase())
  const last = lines.findIndex(([role, text]) => role === 'assistant' && wanted.some((phrase) => text.toLowerCase().includes(phrase)))
  return last < 0 ? null : lines.slice(0, last + 1)
}

/** Said only by an assistant that hangs up itself. */
function withGoodbye(dialogue: Dialogue, endedReason: string, { goodbye }: Scene): Dialogue {
  return goodbye && endedReason.startsWith('assistant-ended-call') ? { ...dialogue, lines: [...dialogue.lines, ['assistant', goodbye]] } : dialogue
}

function linesOf(plot: PlotName, dialogue: Dialogue | undefined): Pick<Script, 'lines'> {
  if (dialogue) return { lines: dialogue.lines }
  return plot === 'providerFault' ? { lines: [] } : {}
}

const isRare = (plot: PlotName): plot is RarePlot => plot in RELATIVES
const isSpoken = (plot: PlotName): plot is CommonPlot | RarePlot => !['busy', 'noAnswer', 'providerFault'].includes(plot)
