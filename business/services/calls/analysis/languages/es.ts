import { phraseList, wordSet, type LanguageWords } from './words.ts'

export const es: LanguageWords = {
  stopWords: wordSet(`a adiós ahora ahí al algo algún alguna algunas alguno algunos allí ante antes aquel aquella aquí así aún aunque bien bueno buenos buenas cada casi claro
    como cómo con contra cosa creo cual cuál cuando cuándo cuanto cuánto de decir deja del desde después dice día días dígame donde dónde dos el él ella ellas ellos en
    encima entonces entre era eran eres es esa esas ese eso esos esta está están estaba estado estamos estar estas este esto estos estoy favor fue fueron gracias gran
    ha había hablar hace hacer hacia han hasta hay he hemos hola hoy igual ir jamás la las le les llama llamada llamamos llamar llamo lo los luego mañana más me menos
    mi mí mientras mis misma mismo momento mucha muchas mucho muchos muy nada nadie ni no nos nosotros nuestra nuestro nunca o os otra otras otro otros para parece pero
    poco podemos poder podría podríamos por porque pues puede pueden puedo que qué quién quien quiere quiero quisiera sabe se sé sea según ser si sí sido siempre sin sobre
    sois solamente solo sólo somos son soy su sus también tampoco tan tanto te tenemos tener tengo ti tiempo tiene tienen todavía toda todas todo todos tu tú tus un una
    unas uno unos usted ustedes va vale vamos van veces ver vez voy y ya yo`),
  positive: phraseList(`perfecto · genial · excelente · muy bien · estupendo · encantado · encantada · gracias · me interesa · me gusta · por supuesto · claro que sí · de acuerdo · fantástico ·
    maravilloso · suena bien`),
  negative: phraseList(`molesto · molesta · enfadado · enfadada · mal · terrible · no me interesa · no gracias · déjeme en paz · estafa · queja · muy caro · demasiado caro · no tengo tiempo ·
    pesado · pesados · basta · problema · horrible`),
  phrases: {
    do_not_call: phraseList(`no me llame más · no me llamen más · no me vuelva a llamar · no me vuelvan a llamar · no vuelva a llamar · no vuelvan a llamar · deje de llamar · dejen de llamar ·
      quíteme de la lista · quítenme de la lista · quíteme de su lista · borre mi número · bórreme de la lista · elimine mi número · no llame más`),
    wrong_number: phraseList(`número equivocado · se ha equivocado · se equivoca de número · equivocado de número · aquí no vive · no conozco a`),
    not_interested: phraseList(`no me interesa · no estoy interesado · no estoy interesada · no gracias · no quiero · no lo necesito · no necesito`),
    callback: phraseList(`llámeme más tarde · llámeme luego · llámeme mañana · llame más tarde · llame mañana · en otro momento · estoy conduciendo · ahora no puedo · devuélvame la llamada`),
    interested: phraseList(`me interesa · estoy interesado · estoy interesada · cuénteme más · envíeme · mándeme · me gustaría · suena bien · sí por favor · de acuerdo`),
  },
  nextActions: {
    do_not_call: 'No volver a llamar a esta persona.', wrong_number: 'Corregir o quitar el número.', callback: 'Devolver la llamada cuando le convenga.',
    interested: 'Dar seguimiento mientras haya interés.',
  },
}
