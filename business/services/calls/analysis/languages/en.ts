import { phraseList, wordSet, type LanguageWords } from './words.ts'

export const en: LanguageWords = {
  stopWords: wordSet(`a about above actually after again all alright also am an and another any anyone anything are aren't around as ask at away back
    be because been before being both but by bye call called calling calls can can't cannot come could couldn't day did didn't do does doesn't doing don't
    done down each else even ever every everything few find fine first for from get gets getting give go goes going gonna good goodbye got great had has have
    haven't having he hello help her here hers hey hi him his hold how i i'd i'll i'm i've if in into is isn't it it's its just keep kind know last later
    least less let let's like little long look lot made make many may maybe me mean might mine minute moment more most much must my myself name need never
    new next nice no not nothing now of off oh ok okay old on once one only onto or other our out over own people perhaps please put quite rather
    really right said same say says see seem she should shouldn't since so some somebody something soon sorry sounds speak still stop such sure take talk tell
    than thank thanks that that's the their them then there there's these they they're thing things think this those through time to today tomorrow
    too two uh um under until up us use very wait want wanted wants was wasn't way we we'd we'll we're we've well were what what's when where
    which while who why will with won't would wouldn't yeah year years yep yes yet you you'd you'll you're you've your yours`),
  positive: phraseList(`great · good · perfect · wonderful · excellent · lovely · thank you · thanks · happy · glad · interested · sounds good · yes please · of course ·
    sure · love to · nice · appreciate · that works · fantastic · looking forward`),
  negative: phraseList(`annoying · annoyed · angry · terrible · bad · stop calling · not interested · no thanks · leave me alone · never again · hate · rude · scam ·
    waste of time · busy · too expensive · complaint · unhappy · disappointed · problem · no time · bothering`),
  phrases: {
    do_not_call: phraseList(`do not call me again · don't call me again · don't call me anymore · do not call me anymore · don't call me any more ·
      never call me · never call again · stop calling · take me off your list · remove me from your list · remove my number ·
      take me off the list · don't call again · do not call again · don't call this number · do not call this number`),
    wrong_number: phraseList(`wrong number · no one here by that name · nobody here by that name · wrong person · you have the wrong`),
    not_interested: phraseList(`not interested · no interest · no thank you · no thanks · i'll pass · don't need · do not need · don't want · not for me`),
    callback: phraseList(`call me back · call back · call me later · call me tomorrow · try again later · another time · i'm driving · bad time · not a good time · call again`),
    interested: phraseList(`i'm interested · i am interested · sounds good · sounds interesting · tell me more · send me · sign me up · i'd like to · i would like to · let's do it · book a · yes please`),
  },
  nextActions: {
    do_not_call: 'Do not call this person again.', wrong_number: 'Correct or remove the number.', callback: 'Call back when it suits the person.',
    interested: 'Follow up while the interest is fresh.',
  },
}
