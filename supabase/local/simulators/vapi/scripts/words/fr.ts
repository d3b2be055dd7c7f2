/** French. */
import type { Words } from '../script.ts'
import { nextTimeAtFive } from '../times.ts'
import { afterTheTone } from './afterTheTone.ts'

const HELLO = 'Bonjour. J\'espère que je ne vous dérange pas.'

export const fr: Words = {
  interested: ({ name, greeting, company }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', `Oui, bonjour, ${name ? `${name} à l'appareil` : 'c\'est moi'}. Vous parlez français ? C'est à quel sujet ?`],
      ['assistant', `Avec plaisir. Je voudrais savoir en deux minutes si ${company ?? 'notre service'} pourrait vous être utile. Comment faites-vous aujourd'hui ?`],
      ['contact', 'Franchement, presque tout à la main, avec un grand tableau. Nous y perdons une heure chaque matin.'],
      ['assistant', 'On me le dit souvent. Le mieux serait qu\'une collègue vous le montre en vingt minutes. Jeudi à dix heures, cela vous irait ?'],
      ['contact', 'Le matin, c\'est compliqué. Jeudi à quatorze heures, d\'accord.'],
      ['assistant', 'Alors jeudi à quatorze heures. Vous recevrez une invitation par courriel.', 'book'],
      ['contact', 'Très bien. Et apportez une idée du prix, s\'il vous plaît.'],
      ['assistant', `Ce sera fait. Merci beaucoup${name ? `, ${name}` : ''}, et bonne journée.`],
      ['contact', 'Merci, à vous aussi. Au revoir.'],
    ],
    summary: `${name ?? 'La personne'} est intéressée, travaille presque tout à la main aujourd'hui et a accepté un rendez-vous jeudi à quatorze heures. Elle souhaite une idée du prix.`,
  }),

  notNow: ({ name, greeting }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', `${name ? `Oui, c'est ${name}.` : 'Oui, allô.'} Mais j'entre en réunion dans une minute.`],
      ['assistant', 'Alors en une phrase : beaucoup s\'épargnent pas mal de travail avec nous, et j\'aimerais vous le montrer.'],
      ['contact', 'C\'est gentil, mais nous venons de choisir autre chose pour cette année. Ce n\'est pas le moment.'],
      ['assistant', 'Je comprends tout à fait. Merci de votre franchise, et bonne réunion.'],
      ['contact', 'Merci. Au revoir.'],
    ],
    summary: `${name ?? 'La personne'} était aimable mais entrait en réunion, et vient de choisir autre chose pour cette année. Pas intéressée pour l'instant.`,
  }),

  hangsUp: ({ greeting }) => ({
    lines: [['assistant', greeting ?? HELLO], ['contact', 'Non, merci.']],
    summary: 'La personne a raccroché juste après la salutation.',
  }),

  optsOut: ({ name, greeting, optOutSentence }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', 'Retirez-moi de votre liste, s\'il vous plaît, et ne rappelez plus ce numéro.'],
      ['assistant', optOutSentence ?? 'Bien sûr. Je retire votre numéro maintenant, et nous ne vous rappellerons plus. Pardon pour le dérangement. Au revoir.', 'opt_out'],
    ],
    summary: `${name ?? 'La personne'} a demandé à ne plus être appelée. Cela lui a été confirmé.`,
  }),

  wrongNumber: ({ name, greeting }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', `${name ? `Il n'y a pas de ${name} ici.` : 'Je ne suis pas la personne que vous cherchez.'} Vous avez dû faire un faux numéro.`],
      ['assistant', 'Alors veuillez m\'excuser. J\'en prends note. Au revoir.'],
      ['contact', 'Ce n\'est rien. Au revoir.'],
    ],
    summary: `Quelqu'un d'autre a répondu : ${name ?? 'ce contact'} n'est pas joignable à ce numéro.`,
  }),

  voicemail: ({ greeting, detectsVoicemail, voicemailMessage }) => ({
    lines: [
      ['contact', 'Vous êtes sur ma messagerie. Je ne peux pas vous répondre pour le moment. Laissez un message après le signal sonore.', 'beep'],
      ...afterTheTone(detectsVoicemail ? voicemailMessage : greeting ?? HELLO),
    ],
    summary: '',
  }),

  callBack: ({ name, greeting, now }) => {
    const when = nextTimeAtFive(now).isToday ? 'aujourd\'hui à dix-sept heures' : 'demain à dix-sept heures'
    return {
      lines: [
        ['assistant', greeting ?? HELLO],
        ['contact', 'Allô ? Excusez-moi, je suis au volant et il y a beaucoup de bruit.'],
        ['assistant', 'Alors je ne vous distrais pas. Quand puis-je vous rappeler ?'],
        ['contact', `Rappelez-moi ${when}, je serai à la maison. Cela m'intéresse, mais pas maintenant.`],
        ['assistant', `Volontiers, ${when}${name ? `, ${name}` : ''}. À ce numéro ?`, 'call_back'],
        ['contact', 'Oui, le même. Je dois raccrocher, il y a un tunnel.'],
      ],
      summary: `${name ?? 'La personne'} était au volant et demande à être rappelée ${when} au même numéro. Intéressée en principe.`,
    }
  },

  annoyed: ({ name, greeting }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', 'Encore vous ? Où avez-vous eu mon numéro ?'],
      ['assistant', 'Je suis désolé de tomber au mauvais moment. Vous l\'avez laissé en demandant des informations.'],
      ['contact', 'Je n\'ai rien demandé du tout. C\'est le troisième appel cette semaine, toujours en plein travail.'],
      ['assistant', 'Je comprends que ce soit pénible. Je voulais seulement savoir si…'],
      ['contact', 'Non. Je n\'achète rien à ceux qui m\'appellent à midi. C\'est tout.'],
    ],
    summary: `${name ?? 'La personne'} s'est fâchée du troisième appel de la semaine en plein travail et a raccroché.`,
  }),

  asksRobot: ({ name, greeting, company }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', 'Attendez, vous êtes un robot ?'],
      ['assistant', `Oui, je suis un assistant virtuel${company ? ` de ${company}` : ''}, et je le dis chaque fois qu'on me le demande. Cela vous convient ?`],
      ['contact', 'Je m\'en doutais. Bon, que voulez-vous ?'],
      ['assistant', 'Vous poser deux questions. Si vous préférez parler à une personne, je peux l\'organiser.'],
      ['contact', 'Non, ça ira. Envoyez-moi quelque chose à lire, je ne décide pas cela au téléphone.'],
      ['assistant', `Volontiers, vous aurez aujourd'hui deux pages avec les prix par courriel. Merci de votre patience${name ? `, ${name}` : ''}.`],
      ['contact', 'Je vous en prie. Au revoir, robot.'],
    ],
    summary: `${name ?? 'La personne'} a demandé si elle parlait à un robot, a pris la réponse avec humour et souhaite des informations avec les prix par courriel.`,
  }),

  silence: ({ greeting, asksAgain }) => ({
    lines: [['assistant', greeting ?? HELLO], ['assistant', asksAgain ?? 'Allô, vous m\'entendez ?', undefined, 7], ['assistant', 'Je n\'entends personne. Je réessaierai une autre fois.', undefined, 9]],
    summary: '',
  }),
}
