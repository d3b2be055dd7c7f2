/** German. */
import type { Words } from '../script.ts'
import { nextTimeAtFive } from '../times.ts'
import { afterTheTone } from './afterTheTone.ts'

const HELLO = 'Guten Tag. Ich hoffe, ich störe Sie gerade nicht.'

export const de: Words = {
  interested: ({ name, greeting, company }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', `Ja, guten Tag, ${name ? `${name} am Apparat` : 'ich bin dran'}. Sprechen Sie Deutsch? Worum geht es denn?`],
      ['assistant', `Sehr gern. Ich möchte kurz herausfinden, ob ${company ?? 'unser Angebot'} Ihnen etwas nützen könnte. Wie machen Sie es heute?`],
      ['contact', 'Ehrlich gesagt fast alles von Hand, mit einer großen Tabelle. Das kostet uns jeden Morgen eine Stunde.'],
      ['assistant', 'Das höre ich oft. Am besten zeigt Ihnen eine Kollegin in zwanzig Minuten, wie es bei Ihnen aussehen könnte. Passt Ihnen Donnerstag um zehn?'],
      ['contact', 'Vormittags ist schlecht. Donnerstag um vierzehn Uhr ginge.'],
      ['assistant', 'Dann Donnerstag um vierzehn Uhr. Die Einladung kommt per E-Mail.', 'book'],
      ['contact', 'Gut. Und bringen Sie bitte einen ungefähren Preis mit.'],
      ['assistant', `Das machen wir. Vielen Dank${name ? `, ${name}` : ''}, und einen schönen Tag noch.`],
      ['contact', 'Danke, gleichfalls. Auf Wiederhören.'],
    ],
    summary: `${name ?? 'Die Person'} ist interessiert, arbeitet heute fast ganz von Hand und hat einen Termin am Donnerstag um vierzehn Uhr vereinbart. Ein ungefährer Preis ist gewünscht.`,
  }),

  notNow: ({ name, greeting }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', `${name ? `${name}, guten Tag.` : 'Ja bitte?'} Ich habe aber gleich eine Besprechung.`],
      ['assistant', 'Dann in einem Satz: Viele sparen sich mit uns eine Menge Arbeit, und das würde ich Ihnen gern zeigen.'],
      ['contact', 'Klingt nett, aber wir haben uns gerade für dieses Jahr festgelegt. Im Moment passt es nicht.'],
      ['assistant', 'Das verstehe ich gut. Danke für die offene Antwort und eine gute Besprechung.'],
      ['contact', 'Danke. Wiederhören.'],
    ],
    summary: `${name ?? 'Die Person'} war freundlich, aber auf dem Weg in eine Besprechung, und hat sich für dieses Jahr schon festgelegt. Zurzeit kein Interesse.`,
  }),

  hangsUp: ({ greeting }) => ({
    lines: [['assistant', greeting ?? HELLO], ['contact', 'Nein, danke.']],
    summary: 'Die Person hat gleich nach der Begrüßung aufgelegt.',
  }),

  optsOut: ({ name, greeting, optOutSentence }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', 'Bitte nehmen Sie mich von Ihrer Liste, und rufen Sie hier nicht mehr an.'],
      ['assistant', optOutSentence ?? 'Selbstverständlich. Ich streiche Ihre Nummer jetzt, Sie werden nicht mehr angerufen. Entschuldigen Sie die Störung. Auf Wiederhören.', 'opt_out'],
    ],
    summary: `${name ?? 'Die Person'} möchte nicht mehr angerufen werden. Das wurde bestätigt.`,
  }),

  wrongNumber: ({ name, greeting }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', `${name ? `Hier gibt es niemanden, der ${name} heißt.` : 'Ich bin nicht die Person, die Sie suchen.'} Da haben Sie sich wohl verwählt.`],
      ['assistant', 'Dann entschuldigen Sie bitte die Störung. Ich merke es mir. Auf Wiederhören.'],
      ['contact', 'Macht nichts. Tschüss.'],
    ],
    summary: `Jemand anderes hat abgehoben: ${name ?? 'der Kontakt'} ist unter dieser Nummer nicht zu erreichen.`,
  }),

  voicemail: ({ greeting, detectsVoicemail, voicemailMessage }) => ({
    lines: [
      ['contact', 'Sie sind mit meiner Mailbox verbunden. Ich bin gerade nicht zu erreichen. Bitte hinterlassen Sie eine Nachricht nach dem Signalton.', 'beep'],
      ...afterTheTone(detectsVoicemail ? voicemailMessage : greeting ?? HELLO),
    ],
    summary: '',
  }),

  callBack: ({ name, greeting, now }) => {
    const when = nextTimeAtFive(now).isToday ? 'heute um fünf' : 'morgen um fünf'
    return {
      lines: [
        ['assistant', greeting ?? HELLO],
        ['contact', 'Hallo? Ich sitze gerade im Auto, es ist furchtbar laut hier.'],
        ['assistant', 'Dann will ich Sie nicht ablenken. Wann darf ich mich wieder melden?'],
        ['contact', `Rufen Sie mich ${when} an, dann bin ich zu Hause. Interessant klingt es schon.`],
        ['assistant', `Gern, ${when}${name ? `, ${name}` : ''}. Unter dieser Nummer?`, 'call_back'],
        ['contact', 'Ja, dieselbe Nummer. Ich muss Schluss machen, da kommt ein Tunnel.'],
      ],
      summary: `${name ?? 'Die Person'} saß im Auto und bittet um einen Anruf ${when} unter derselben Nummer. Grundsätzlich interessiert.`,
    }
  },

  annoyed: ({ name, greeting }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', 'Nicht schon wieder. Woher haben Sie überhaupt meine Nummer?'],
      ['assistant', 'Es tut mir leid, dass ich ungelegen komme. Sie haben sie bei einer Anfrage hinterlassen.'],
      ['contact', 'Ich habe nie etwas angefragt. Das ist der dritte Anruf in dieser Woche, immer mitten in der Arbeit.'],
      ['assistant', 'Das ist lästig, das verstehe ich. Ich wollte nur fragen, ob…'],
      ['contact', 'Nein. Wer mich beim Essen stört, bekommt von mir keinen Auftrag. Das war alles.'],
    ],
    summary: `${name ?? 'Die Person'} war verärgert über den dritten Anruf der Woche mitten in der Arbeit und hat aufgelegt.`,
  }),

  asksRobot: ({ name, greeting, company }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', 'Moment mal, spreche ich mit einem Roboter?'],
      ['assistant', `Ja, ich bin ein virtueller Assistent${company ? ` von ${company}` : ''}. Ich sage das immer, wenn ich gefragt werde. Ist Ihnen das recht?`],
      ['contact', 'Ha, dachte ich es mir doch. Na gut, worum geht es?'],
      ['assistant', 'Um zwei kurze Fragen. Wenn Sie lieber mit einem Menschen sprechen, richte ich das ein.'],
      ['contact', 'Nein, schon gut. Schicken Sie mir etwas zum Lesen, am Telefon entscheide ich so etwas nicht.'],
      ['assistant', `Sehr gern, Sie haben heute noch zwei Seiten mit Preisen in der Post. Danke für Ihre Geduld${name ? `, ${name}` : ''}.`],
      ['contact', 'Bitte sehr. Tschüss, Roboter.'],
    ],
    summary: `${name ?? 'Die Person'} fragte, ob ein Roboter anruft, nahm die ehrliche Antwort mit Humor und möchte Unterlagen mit Preisen per E-Mail.`,
  }),

  silence: ({ greeting, asksAgain }) => ({
    lines: [['assistant', greeting ?? HELLO], ['assistant', asksAgain ?? 'Hallo, können Sie mich hören?', undefined, 7], ['assistant', 'Ich höre leider niemanden. Ich versuche es ein andermal.', undefined, 9]],
    summary: '',
  }),
}
