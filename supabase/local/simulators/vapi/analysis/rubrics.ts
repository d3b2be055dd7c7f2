/** The verdict in the words of the rubric that was asked for. Mostly a string, never a boolean; two rubrics answer with JSON. */
import type { Knowledge } from './knowledge.ts'

const DESCRIPTIONS = ['Poor', 'Fair', 'Good', 'Excellent']
const AGREEMENTS = ['Strongly Disagree', 'Disagree', 'Neutral', 'Agree', 'Strongly Agree']

const RUBRICS: Record<string, (knowledge: Knowledge) => unknown> = {
  PassFail: ({ is_success }) => String(is_success),
  NumericScale: (knowledge) => String(Math.max(1, gradeOf(knowledge))),
  PercentageScale: (knowledge) => `${gradeOf(knowledge) * 10}%`,
  DescriptiveScale: (knowledge) => oneOf(DESCRIPTIONS, knowledge),
  LikertScale: (knowledge) => oneOf(AGREEMENTS, knowledge),
  Checklist: (knowledge) => checks(knowledge).map(([criterion, isMet]) => `${criterion}: ${isMet ? 'yes' : 'no'}`).join('\n'),
  Matrix: (knowledge) => Object.fromEntries(checks(knowledge).map(([criterion, isMet]) => [criterion, isMet ? 'Excellent' : 'Poor'])),
  AutomaticRubric: (knowledge) => Object.fromEntries(checks(knowledge)),
}

export function gradeBy(rubric = 'PassFail', knowledge: Knowledge): unknown {
  return (RUBRICS[rubric] ?? RUBRICS.PassFail)?.(knowledge)
}

/** From 0 to 10; what was no success is never graded like one. */
function gradeOf({ interest, is_success }: Knowledge): number {
  return is_success ? Math.max(7, interest) : Math.min(5, interest)
}

function oneOf(words: string[], knowledge: Knowledge): string {
  return words[Math.min(words.length - 1, Math.floor(gradeOf(knowledge) / 10 * words.length))] ?? ''
}

function checks({ is_right_person, interest, sentiment, appointment_at, callback_at }: Knowledge): [criterion: string, isMet: boolean][] {
  return [['Reached the right person', is_right_person], ['Interest', interest >= 6], ['Pleasant conversation', sentiment !== 'negative'],
    ['Next step agreed', appointment_at !== undefined || callback_at !== undefined]]
}
