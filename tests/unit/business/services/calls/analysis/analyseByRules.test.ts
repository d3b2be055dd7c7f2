import { describe, expect, it, test } from 'vitest'
import { callFindingsSchema, type ConversationToAnalyse } from '../../../../../../business/models/callFindings.ts'
import { analyseByRules } from '../../../../../../business/services/calls/analysis/analyseByRules.ts'
import { keywordsOf } from '../../../../../../business/services/calls/analysis/keywords.ts'
import { languageWords } from '../../../../../../business/services/calls/analysis/languages/index.ts'
import { processorMs } from '../../../../../support/processorTime.ts'

const talk = (language: string, ...said: string[]): ConversationToAnalyse => ({
  may_ask_model: true, language, success_criterion: '', dispositions: [], turns: said.map((text, index) => ({ role: index % 2 ? 'contact' : 'assistant', text })),
})

describe('rules', () => {
  it('tell what a conversation was about in the person\'s own words', () => {
    const found = analyseByRules(talk('en', 'Hi, this is Ava of Northlight Homes about the garden apartment in Lisbon.', 'Oh nice. We are looking for three bedrooms near the harbour.',
      'The budget was 400,000 euros?', 'Our budget is 450,000 euros. Please send me the floor plan of the garden apartment.'))
    expect(found).toMatchObject({ sentiment: 'positive', disposition: 'interested', opt_out: false, success: null, next_action: 'Follow up while the interest is fresh.' })
    expect(found.summary).toContain('“Please send me the floor plan of the garden apartment.”')
    expect(found.summary).not.toContain('Ava')
    expect(found.keywords.join(' · ').toLowerCase()).toMatch(/garden apartment/)
    expect(found.keywords.join(' · ')).toMatch(/euros|bedrooms/)
    expect(found.keywords).not.toContain('the')
  })

  test.each([
    ['en', 'Take me off your list and stop calling.', 'do_not_call', 'negative'],
    ['en', 'You have the wrong number.', 'wrong_number', 'neutral'],
    ['en', 'No thanks, I\'m not interested.', 'not_interested', 'negative'],
    ['en', 'I’m driving, can you call me back tomorrow?', 'callback', 'neutral'],
    ['de', 'Rufen Sie mich nicht mehr an!', 'do_not_call', 'negative'],
    ['de', 'Da sind Sie falsch verbunden.', 'wrong_number', 'neutral'],
    ['de-DE', 'Nein danke, kein Interesse.', 'not_interested', 'negative'],
    ['de', 'Ich fahre gerade. Rufen Sie mich morgen an.', 'callback', 'neutral'],
    ['de', 'Das klingt gut, schicken Sie mir das Angebot.', 'interested', 'positive'],
    ['es', 'No me llamen más, por favor.', 'do_not_call', 'negative'],
    ['es', 'Se equivoca de número.', 'wrong_number', 'neutral'],
    ['es', 'No me interesa, no gracias.', 'not_interested', 'negative'],
    ['es', 'Ahora no puedo, llámeme más tarde.', 'callback', 'neutral'],
    ['es', 'Suena bien, envíeme la oferta.', 'interested', 'positive'],
    ['fr', 'Ne m’appelez plus !', 'do_not_call', 'negative'],
    ['fr', 'C\'est un faux numéro.', 'wrong_number', 'neutral'],
    ['fr', 'Non merci, ça ne m\'intéresse pas.', 'not_interested', 'negative'],
    ['fr', 'Je conduis, rappelez-moi demain.', 'callback', 'neutral'],
    ['fr', 'C\'est très bien, envoyez-moi le devis.', 'interested', 'positive'],
  ])('in %s hear in "%s" %s (%s)', (language, words, disposition, sentiment) => {
    const found = analyseByRules(talk(language, 'Hello', words))
    expect(found).toMatchObject({ disposition, opt_out: disposition === 'do_not_call' })
    expect(found.sentiment === sentiment || disposition === 'not_interested' || disposition === 'do_not_call').toBe(true)
    expect(found.summary).toContain('“')
  })

  it('do not take for a wish what the assistant says, nor half of another word', () => {
    expect(analyseByRules(talk('en', 'If you do not want calls, say stop calling.', 'Fine by me.')).opt_out).toBe(false)
    expect(analyseByRules(talk('en', 'Hello', 'Don\'t call me before five.')).opt_out).toBe(false)
    expect(analyseByRules(talk('en', 'Hello', 'We had unstop callingcards.')).disposition).toBeNull()
  })

  it('leave a success to whoever can judge the assistant\'s own criterion', () => {
    const asked = { ...talk('en', 'Hello', 'I\'m interested, tell me more.'), success_criterion: 'A visit is booked.' }
    expect(analyseByRules(asked).disposition).toBeNull()
    expect(analyseByRules({ ...asked, turns: [{ role: 'contact', text: 'Not interested.' }] }).disposition).toBe('not_interested')
  })

  test.each([
    ['nothing at all', ''], ['blanks', ' \n\t '], ['signs', '?!… <b>&amp;</b> -- *** ()'], ['control characters', '\u0000\u0007\u001b[31m\u202e'],
    ['another script', 'نعم، أرسل لي العرض من فضلك'], ['emoji', '👍👍🏽 ok'], ['markup', '<script>alert(1)</script>'.repeat(50)],
    ['one word without an end', 'x'.repeat(500_000)], ['very much', 'I would like the blue house with the big garden. '.repeat(100_000)],
  ])('survive %s', (_what, words) => {
    const asked = talk('en', 'Hello', words)
    expect(processorMs(() => analyseByRules(asked))).toBeLessThan(2_000)
    const found = analyseByRules(asked)
    expect(found.keywords.length).toBeLessThanOrEqual(8)
    expect(found.summary.length).toBeLessThan(2_000)
    if (found.summary) expect(callFindingsSchema.safeParse(found).error).toBeUndefined()
  })

  it('know English where a language has no words of its own', () => {
    expect(languageWords('pt-BR')).toBe(languageWords('en'))
    expect(languageWords('DE')).not.toBe(languageWords('en'))
  })
})

test('keywords stand together as they were said, each word once, the person\'s own first', () => {
  const said = 'The service contract runs out in May. Our service contract is old. A coffee machine?'
  expect(keywordsOf({ heard: 'The service contract? It ends in May. Our service contract is old.', said }, languageWords('en'))).toContain('service contract')
  expect(keywordsOf({ heard: '', said: '' }, languageWords('en'))).toEqual([])
  expect(keywordsOf({ heard: '42 17 3', said: '42 17 3' }, languageWords('en')), 'a number alone says nothing').toEqual([])
})
