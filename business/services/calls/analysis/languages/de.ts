import { phraseList, wordSet, type LanguageWords } from './words.ts'

export const de: LanguageWords = {
  stopWords: wordSet(`aber ach alle allem allen aller alles als also am an andere anderen anrufen auch auf aus bei beim bin bis bisschen bitte bleiben da dabei
    dafür damit dann danke daran darauf das dass davon dazu dein deine dem den denn der deren des deshalb dich die dies diese diesem diesen dieser dieses
    dir doch dort du durch ein eine einem einen einer eines einfach er es etwas euch euer eure für ganz gar geben gegen gehen geht gelernt genau gerade gerne gern
    gesagt gibt gleich guten gute gut guter habe haben hab halt hat hatte hätte hätten hallo heute hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer
    im immer in ins ist ja jede jeder jetzt kann kein keine keinen können könnte könnten kommt könnten kurz lassen lieber machen macht mal man mehr mein meine
    meinem meinen meiner mich mir mit moment morgen möchte möchten müssen muss nach nächste nächsten nein nicht nichts noch nun nur ob oder ohne okay rufe rufen
    sagen sagt schon schön sehr sei sein seine seinem seinen seit sich sie sind so solche soll sollen sollte sondern sonst soweit stimmt tag telefon tschüss über um und
    uns unser unsere unserem unseren unter viel vielen vielleicht vom von vor wann war waren warum was wegen weil weiter welche wem wen wenn wer werde werden
    wie wieder wiederhören will wir wird wo worum würde würden wollen wollte zeit zu zum zur zurück zwar zwischen`),
  positive: phraseList(`gut · super · toll · perfekt · prima · wunderbar · klasse · danke · gerne · sehr gern · freut mich · interessiert · interessant · klingt gut · ja bitte ·
    passt · einverstanden · ausgezeichnet · schön`),
  negative: phraseList(`schlecht · nervt · nervig · ärgerlich · wütend · kein interesse · nicht interessiert · frechheit · unverschämt · belästigung · zu teuer · keine zeit ·
    lassen sie mich in ruhe · betrug · beschwerde · enttäuscht · problem · unmöglich · aufhören`),
  phrases: {
    do_not_call: phraseList(`rufen sie mich nicht mehr an · rufen sie nicht mehr an · nicht mehr anrufen · nie wieder an · nie wieder anrufen · von der liste · aus der liste ·
      von ihrer liste · aus ihrer liste · löschen sie meine nummer · keine anrufe mehr · nicht noch einmal anrufen · hören sie auf anzurufen`),
    wrong_number: phraseList(`falsche nummer · falsch verbunden · verwählt · kenne ich nicht · hier gibt es keinen · hier gibt es keine`),
    not_interested: phraseList(`kein interesse · nicht interessiert · nein danke · brauche ich nicht · brauchen wir nicht · will ich nicht · möchte ich nicht`),
    callback: phraseList(`rufen sie später · später noch einmal · später nochmal · rufen sie mich zurück · rufen sie zurück · zurückrufen · rufen sie mich morgen · passt gerade nicht ·
      bin im auto · fahre gerade · ein andermal · gerade keine zeit · schlecht gerade`),
    interested: phraseList(`interessiert mich · bin interessiert · klingt gut · klingt interessant · erzählen sie mehr · schicken sie mir · senden sie mir · würde ich gerne · ja bitte · machen wir ·
      habe interesse · haben interesse`),
  },
  nextActions: {
    do_not_call: 'Diese Person nicht mehr anrufen.', wrong_number: 'Die Nummer berichtigen oder entfernen.', callback: 'Zurückrufen, wenn es der Person passt.',
    interested: 'Bald nachfassen, solange das Interesse frisch ist.',
  },
}
