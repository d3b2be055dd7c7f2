/** The people on the line: who they are, in which language, how long, and what the model makes of it. */
import { describe, expect, test } from 'vitest'
import { layOut } from '../../../../supabase/local/simulators/vapi/conversation.ts'
import { tell } from '../../../../supabase/local/simulators/vapi/scripts/index.ts'
import { chosenFor, MAGIC } from '../../../../supabase/local/simulators/vapi/scripts/numbers.ts'
import { LANGUAGES, PLOTS, type PlotName, type Scene } from '../../../../supabase/local/simulators/vapi/scripts/script.ts'
import { nextThursdayAtTwo, nextTimeAtFive } from '../../../../supabase/local/simulators/vapi/scripts/times.ts'
import { order, receiver, simulator, whole } from './support.ts'

const MORNING = new Date('2026-03-02T09:00:00Z')
const scene: Scene = {
  name: 'Grace', greeting: 'Hello.', company: 'Acme', language: 'en', optOutSentence: null, asksAgain: null, goodbye: null, endPhrases: [],
  detectsVoicemail: true, voicemailMessage: 'Please call back.', now: MORNING,
}
const SPOKEN = PLOTS.filter((plot) => !['busy', 'noAnswer', 'providerFault'].includes(plot))
const said = (plot: PlotName, changes: Partial<Scene> = {}) => (tell(plot, { ...scene, ...changes }).lines ?? []).map(([, text]) => text).join(' ')
const seconds = (plot: PlotName) => {
  const script = tell(plot, scene)
  return layOut(script.lines ?? [], 600, script).seconds
}

describe('an assistant with phrases that end its calls', () => {
  test('hangs up when it has said one, whoever it speaks with, and nothing is known of the person', () => {
    const script = tell('interested', { ...scene, greeting: 'Your code is 1, 2. GOODBYE.', endPhrases: ['goodbye'] })
    expect(script).toMatchObject({ endedReason: 'assistant-said-end-call-phrase', lines: [['assistant', 'Your code is 1, 2. GOODBYE.']] })
    expect(script).not.toHaveProperty('analysis')
  })

  test('says it to no machine before its turn, and goes on while it has not said it', () => {
    expect(tell('voicemail', { ...scene, voicemailMessage: null, endPhrases: ['Goodbye'] }).endedReason).toBe('voicemail')
    expect(tell('notNow', { ...scene, endPhrases: ['Never said'] }).endedReason).toBe('customer-ended-call')
  })
})

describe('each number', () => {
  test.each(Object.entries(MAGIC))('…%s has its script', async (ending, { plot }) => {
    const vapi = await simulator()
    await whole(vapi, order(`+12124560000`.slice(0, -ending.length) + ending))
    expect(vapi.calls()[0]?.script.plot).toBe(plot)
  })

  test('keeps the two digits of …01 to …09 whatever stands before them', () => {
    for (let ending = 1; ending <= 9; ending++) {
      const plots = new Set(Array.from({ length: 10 }, (_, third) => chosenFor(`+1212456${third}0${ending}`).plot))
      expect(plots).toEqual(new Set([MAGIC[`0${ending}`]?.plot]))
    }
  })

  test('of a thousand others behaves the same each time, and every script is among them', () => {
    const numbers = Array.from({ length: 1000 }, (_, index) => `+1${2_124_500_010 + index * 137}`).filter((number) => !MAGIC[number.slice(-3)] && !MAGIC[number.slice(-2)])
    const plots = numbers.map((number) => chosenFor(number).plot)
    expect(numbers.map((number) => chosenFor(number).plot)).toEqual(plots)
    expect(new Set(plots)).toEqual(new Set(PLOTS.filter((plot) => plot !== 'providerFault')))
  })
})

describe('each conversation', () => {
  test('is told in every language, without holes, and with the given name', () => {
    for (const language of LANGUAGES) {
      for (const plot of SPOKEN) {
        expect(said(plot, { language })).not.toMatch(/null|undefined/)
        expect(said(plot, { language, name: null, company: null, greeting: null })).not.toMatch(/null|undefined|\$\{/)
      }
    }
  })

  test('is spoken in the assistant\'s language, and English where nobody speaks it', async () => {
    const vapi = await simulator()
    const transcript = async (language: string) => {
      const call = await whole(vapi, order('+12124567807', { assistant: { transcriber: { provider: 'deepgram', language } } })) as unknown as { artifact: { transcript: string } }
      return call.artifact.transcript
    }
    expect(await transcript('de-AT')).toContain('Worum geht es denn?')
    expect(await transcript('es')).toContain('¿De qué se trata?')
    expect(await transcript('fr')).toContain('C\'est à quel sujet')
    for (const language of ['en-US', 'multi', 'ja']) expect(await transcript(language)).toContain('What is this about?')
  })

  test('has a length of its own: eight and more of them from seconds to minutes', () => {
    const lengths = SPOKEN.map((plot) => Math.round(seconds(plot)))
    expect(new Set(lengths).size).toBeGreaterThanOrEqual(10)
    expect(seconds('hangsUp')).toBeLessThan(12)
    expect(seconds('callBack')).toBeLessThan(40)
    expect(seconds('elderly')).toBeGreaterThan(70)
    expect(seconds('haggler')).toBeGreaterThan(90)
  })

  test('with an elderly person is slower than the same words from a hurried one', () => {
    const lines = tell('elderly', scene).lines ?? []
    expect(layOut(lines, 600, { person: 'elderly' }).seconds).toBeGreaterThan(1.15 * layOut(lines, 600, { person: 'angry' }).seconds)
  })
})

describe('moments', () => {
  test.each([['09:00', '2026-03-02T17:00:00.000Z', true], ['16:00', '2026-03-02T17:00:00.000Z', true], ['16:01', '2026-03-03T17:00:00.000Z', false], ['22:00', '2026-03-03T17:00:00.000Z', false]])(
    'who is called at %s and says "at five" means %s', (time, wanted, isToday) => {
      const now = new Date(`2026-03-02T${time}:00Z`)
      expect(nextTimeAtFive(now)).toEqual({ at: new Date(wanted), isToday })
      expect(said('callBack', { now })).toContain(isToday ? 'Call me at five this afternoon' : 'Call me tomorrow at five')
    })

  test.each([['2026-03-02', '2026-03-05'], ['2026-03-05', '2026-03-12'], ['2026-03-06', '2026-03-12']])('on %s the next Thursday is %s', (day, wanted) => {
    expect(nextThursdayAtTwo(new Date(`${day}T13:00:00Z`)).toISOString()).toBe(`${wanted}T14:00:00.000Z`)
  })
})

describe('a wish', () => {
  const PROMPT = 'Be kind.\n\nWhen the person does not want to be called again, say: I have taken you off the list for good.'
  const prompted = { model: { provider: 'openai', model: 'gpt-4o', messages: [{ role: 'system', content: PROMPT }] } }

  test('not to be called again is answered with the sentence of the prompt, tool or no tool', async () => {
    const vapi = await simulator()
    const call = await whole(vapi, order('+12124567805', { assistant: prompted })) as unknown as { artifact: { transcript: string } }
    expect(call.artifact.transcript.endsWith('AI: I have taken you off the list for good.\n')).toBe(true)
  })

  test('to be called at another time is in the data, and told to a tool for it', async () => {
    const schema = { type: 'object', properties: { callback_requested: { type: 'boolean' }, callback_at: { type: 'string', format: 'date-time' }, disposition: { type: 'string', enum: ['interested', 'callback', 'other'] } } }
    const tool = { type: 'function', function: { name: 'schedule_callback', parameters: { type: 'object', properties: { callback_time: { type: 'string', format: 'date-time' } } } } }
    const hook = await receiver(() => ({ body: { results: [] } }))
    const vapi = await simulator({ now: () => MORNING })
    const call = await whole(vapi, order('+12124567011', { url: hook.url, assistant: {
      analysisPlan: { structuredDataPlan: { schema } }, model: { provider: 'openai', model: 'gpt-4o', tools: [tool] } } }))
    const structuredData = { callback_requested: true, callback_at: '2026-03-02T17:00:00.000Z', disposition: 'callback' }
    expect(call.analysis).toMatchObject({ structuredData, summary: expect.stringContaining('at five this afternoon') })
    expect(hook.of('tool-calls')[0]?.message.toolCallList).toMatchObject([{ function: { name: 'schedule_callback', arguments: '{"callback_time":"2026-03-02T17:00:00.000Z"}' } }])
  })
})

describe('what the assistant is told to say', () => {
  test('is said to silence and before it hangs up, and nobody else\'s goodbye is taken over', () => {
    expect(said('silence', { asksAgain: 'Still there?' })).toContain('Still there? I cannot hear anybody')
    expect(said('interested', { goodbye: 'So long!' })).toMatch(/So long!$/)
    expect(said('hangsUp', { goodbye: 'So long!' })).not.toContain('So long!')
  })

  test('reaches the line from the request', async () => {
    const hooks = [{ on: 'customer.speech.timeout', do: [{ type: 'tool', tool: { type: 'endCall' } }] }, { on: 'customer.speech.timeout', do: [{ type: 'say', exact: 'Anybody?' }] }]
    const silent = await whole(await simulator(), order('+12124567017', { assistant: { hooks } })) as unknown as { artifact: { transcript: string } }
    expect(silent.artifact.transcript).toContain('AI: Anybody?')
  })
})

describe('who is no person to talk to', () => {
  test('…017 says nothing: the assistant asks twice, and the line is given up after half a minute of silence', async () => {
    const hook = await receiver()
    const vapi = await simulator()
    const call = await whole(vapi, order('+12124567017', { url: hook.url })) as unknown as Record<string, unknown> & { artifact: { transcript: string }, startedAt: string, endedAt: string }
    expect(call).toMatchObject({ endedReason: 'silence-timed-out', analysis: {} })
    expect(call.artifact.transcript).not.toContain('User:')
    expect(Date.parse(call.endedAt) - Date.parse(call.startedAt)).toBeGreaterThan(50_000)
  })

  test('…016 is a call screening: it speaks first, in the person\'s role, and looks like a conversation', async () => {
    const vapi = await simulator()
    const call = await whole(vapi, order('+12124567016')) as unknown as Record<string, unknown> & { artifact: { transcript: string }, analysis: Record<string, unknown> }
    expect(call.artifact.transcript).toMatch(/^User: Hi\. The person you are calling is using a screening service/)
    expect(call).toMatchObject({ endedReason: 'customer-ended-call', analysis: { successEvaluation: 'false', structuredData: { disposition: 'screened' } } })
  })
})
