/** What the model answers to any schema and any rubric. */
import { describe, expect, test } from 'vitest'
import { fill, type Schema } from '../../../../supabase/local/simulators/vapi/analysis/fill.ts'
import type { Knowledge } from '../../../../supabase/local/simulators/vapi/analysis/knowledge.ts'
import { order, place, request, simulator, STILL, whole } from './support.ts'

const knowledge: Knowledge = {
  disposition: 'interested', sentiment: 'positive', interest: 8, opt_out: false, is_right_person: true, is_success: true, price: 180,
  appointment_at: new Date('2026-03-05T14:00:00Z'), summary: 'Wants it.', name: 'Grace Hopper', email: 'grace@example.com', phone: '+12124567807',
  sentences: ['We do most of it by hand.', 'We have 12 employees.', 'We do not use a spreadsheet.'],
}
const ask = (name: string, schema: Schema, isRequired = false, changes: Partial<Knowledge> = {}) => fill(schema, { ...knowledge, ...changes }, name, isRequired)

describe('a field', () => {
  test.each<[string, Schema, unknown]>([
    ['opted_out', { type: 'boolean' }, false],
    ['doNotCall', { type: 'string', enum: ['yes', 'no'] }, 'no'],
    ['reached_right_person', { type: 'boolean' }, true],
    ['appointment_booked', { type: 'boolean' }, true],
    ['appointment', { type: 'string', format: 'date-time' }, '2026-03-05T14:00:00.000Z'],
    ['appointment', { type: 'string', format: 'date' }, '2026-03-05'],
    ['meeting_time', { type: 'string', format: 'time' }, '14:00'],
    ['appointment', { type: 'string' }, 'Thursday, March 5 at 14:00'],
    ['callback_at', { type: 'string', format: 'date-time' }, undefined],
    ['callback_requested', { type: 'boolean' }, false],
    ['sentiment', { type: 'string' }, 'positive'],
    ['mood', { type: 'string', enum: ['HAPPY', 'ANGRY'] }, 'HAPPY'],
    ['lead_status', { type: 'string', enum: ['Not Interested', 'Show-Project', 'Follow-Up'] }, 'Show-Project'],
    ['interest_level', { type: 'string', enum: ['low', 'medium', 'high'] }, 'high'],
    ['lead_score', { type: 'integer', minimum: 0, maximum: 100 }, 80],
    ['lead_score', { type: 'integer', minimum: 1, maximum: 5 }, 4],
    ['interest', { type: 'number' }, 8],
    ['is_interested', { type: 'boolean' }, true],
    ['monthly_budget', { type: 'number' }, 180],
    ['budget', { type: ['string', 'null'] }, '180'],
    ['employees', { type: 'integer' }, 12],
    ['name', { type: 'string' }, 'Grace Hopper'],
    ['email_address', { type: 'string' }, 'grace@example.com'],
    ['notes', { type: 'string' }, 'Wants it.'],
    ['q1', { type: 'string', description: 'Sentiment of the person' }, 'positive'],
    ['works_by_hand', { type: 'boolean' }, true],
    ['uses_spreadsheet', { type: 'boolean' }, false],
    ['how', { type: 'string', description: 'How do they do it, by hand or not?' }, 'We do most of it by hand.'],
    ['spreadsheet', { type: 'string' }, 'We do not use a spreadsheet.'],
    ['own_outcome', { type: 'string', enum: ['k1', 'k2', 'k3'], description: 'By its key.\nk1: Has a contract (negative)\nk2: Visit booked (positive). A day was agreed.\nk3: Later (neutral)' }, 'k2'],
    ['favourite_colour', { type: 'string' }, undefined],
    ['favourite_colour', { type: 'string', enum: ['red', 'blue', 'not mentioned'] }, 'not mentioned'],
    ['shoe_size', { type: 'number' }, undefined],
    ['keywords', { type: 'array', items: { type: 'string' } }, ['spreadsheet', 'employees']],
    ['objections', { type: 'array', items: { type: 'string' } }, []],
    ['moods', { type: 'array', items: { type: 'string', enum: ['positive', 'negative'] } }, ['positive']],
    ['extra', { type: 'object' }, {}],
  ])('%s of %j gets %j', (name, schema, wanted) => {
    expect(ask(name, schema)).toEqual(wanted)
  })

  test.each<[string, Schema, unknown]>([
    ['favourite_colour', { type: 'string' }, 'not mentioned'], ['favourite_colour', { type: 'string', enum: ['red', 'blue'] }, 'red'], ['shoe_size', { type: 'integer', minimum: 20 }, 20],
  ])('that is required and was never spoken of gets something of its type: %s %j', (name, schema, wanted) => {
    expect(ask(name, schema, true)).toEqual(wanted)
  })

  test.each<[Knowledge['disposition'], string]>([
    ['interested', 'hot'], ['not_interested', 'cold'], ['callback', 'later'], ['do_not_call', 'dnc'], ['wrong_number', 'invalid'], ['screened', 'unknown'],
  ])('of an enum of other words finds the one for %s: %s', (disposition, wanted) => {
    expect(ask('outcome', { type: 'string', enum: ['cold', 'hot', 'later', 'dnc', 'invalid', 'unknown'] }, true, { disposition })).toBe(wanted)
  })

  test('inside another is filled as well', () => {
    const schema: Schema = { type: 'object', required: ['plan'], properties: { lead: { type: 'object', properties: { interested: { type: 'boolean' } } }, plan: { type: 'string' }, colour: { type: 'string' } } }
    expect(fill(schema, knowledge)).toEqual({ lead: { interested: true }, plan: 'not mentioned' })
  })
})

describe('the verdict', () => {
  test.each<[string, unknown, unknown]>([
    ['PassFail', 'true', 'false'], ['NumericScale', '9', '1'], ['PercentageScale', '90%', '10%'], ['DescriptiveScale', 'Excellent', 'Poor'], ['LikertScale', 'Strongly Agree', 'Strongly Disagree'],
    ['Checklist', expect.stringContaining('Next step agreed: yes'), expect.stringContaining('Next step agreed: no')],
    ['Matrix', expect.objectContaining({ Interest: 'Excellent' }), expect.objectContaining({ Interest: 'Poor' })],
    ['AutomaticRubric', expect.objectContaining({ Interest: true }), expect.objectContaining({ Interest: false })],
  ])('by the rubric %s is %s for who books and %s for who hangs up', async (rubric, good, bad) => {
    const vapi = await simulator()
    const verdict = async (number: string) => {
      const { analysis } = await whole(vapi, order(number, { assistant: { analysisPlan: { successEvaluationPlan: { rubric } } } }))
      return (analysis as { successEvaluation: unknown }).successEvaluation
    }
    expect([await verdict('+12124567807'), await verdict('+12124567808')]).toEqual([good, bad])
  })

  test('by a rubric that nobody knows is asked for in vain', async () => {
    const vapi = await simulator()
    expect((await place(vapi, order('+12124567807', { assistant: { analysisPlan: { successEvaluationPlan: { rubric: 'Mood' } } } }))).status).toBe(400)
  })
})

test('a call that was cut has a summary that says no more than that, and no verdict', async () => {
  const vapi = await simulator()
  const call = await whole(vapi, order('+12124567807', { assistant: { maxDurationSeconds: 15 } }))
  expect(call.analysis).toEqual({ summary: 'The call ended before the conversation had come to a result.', successEvaluation: null, structuredData: null })
  expect((await whole(vapi, order('+12124567807', { assistant: { maxDurationSeconds: 10, firstMessage: 'word '.repeat(100) } }))).analysis).toEqual({})
})

test('hanging up through the control address leaves what was said until then, and needs a conversation', async () => {
  const vapi = await simulator({ speed: STILL, random: () => 0 })
  const { body: call } = await place(vapi, order('+12124567807'))
  const { controlUrl } = call.monitor as { controlUrl: string }
  const control = (body: unknown) => fetch(controlUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  expect((await control({ type: 'end-call' })).status).toBe(400)
  vapi.setSpeed(100)
  await expect.poll(() => vapi.calls()[0]?.heardSeconds ?? 0, { interval: 5 }).toBeGreaterThan(8)
  vapi.setSpeed(STILL)
  expect((await control({ type: 'say' })).status).toBe(400)
  expect((await control({ type: 'end-call' })).status).toBe(200)
  vapi.setSpeed(2000)
  await vapi.quiet()
  const ended = (await request(vapi, `GET /call/${call.id}`)).body as unknown as { endedReason: string, startedAt: string, endedAt: string, artifact: { transcript: string } }
  expect(ended.endedReason).toBe('manually-canceled')
  const talked = (Date.parse(ended.endedAt) - Date.parse(ended.startedAt)) / 1000
  expect(talked).toBeGreaterThan(8)
  expect(talked).toBeLessThan(60)
  expect(ended.artifact.transcript).not.toContain('Bye.')
  expect((await fetch(controlUrl.replace(/[0-9a-f]{8}-/, '00000000-'), { method: 'POST' })).status).toBe(404)
})
