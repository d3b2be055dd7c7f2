/** Spanish. */
import type { Words } from '../script.ts'
import { nextTimeAtFive } from '../times.ts'
import { afterTheTone } from './afterTheTone.ts'

const HELLO = 'Hola, buenos días. Espero no interrumpirle.'

export const es: Words = {
  interested: ({ name, greeting, company }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', `Sí, dígame, ${name ? `soy ${name}` : 'soy yo'}. ¿Habla español? ¿De qué se trata?`],
      ['assistant', `Con mucho gusto. Quisiera saber en dos minutos si ${company ?? 'nuestro servicio'} podría serle útil. ¿Cómo lo hacen hoy?`],
      ['contact', 'La verdad, casi todo a mano, con una hoja de cálculo. Perdemos una hora cada mañana.'],
      ['assistant', 'Muchos me cuentan lo mismo. Lo mejor es que una compañera se lo enseñe en veinte minutos. ¿Le viene bien el jueves a las diez?'],
      ['contact', 'Por la mañana no puedo. El jueves a las dos de la tarde sí.'],
      ['assistant', 'Entonces el jueves a las dos. Le llegará una invitación por correo.', 'book'],
      ['contact', 'Perfecto. Y tráigame una idea del precio, por favor.'],
      ['assistant', `Así lo haremos. Muchas gracias${name ? `, ${name}` : ''}, que tenga un buen día.`],
      ['contact', 'Gracias, igualmente. Adiós.'],
    ],
    summary: `${name ?? 'La persona'} está interesada, hoy trabaja casi todo a mano y aceptó una cita el jueves a las dos de la tarde. Pide una idea del precio.`,
  }),

  notNow: ({ name, greeting }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', `${name ? `Sí, soy ${name}.` : 'Sí, dígame.'} Pero entro en una reunión en un minuto.`],
      ['assistant', 'Entonces en una frase: muchas empresas se ahorran bastante trabajo con nosotros, y me gustaría mostrárselo.'],
      ['contact', 'Suena bien, pero ya hemos elegido otra cosa para este año. No es el momento.'],
      ['assistant', 'Lo entiendo perfectamente. Gracias por su franqueza, y que vaya bien la reunión.'],
      ['contact', 'Gracias. Hasta luego.'],
    ],
    summary: `${name ?? 'La persona'} fue amable, pero entraba en una reunión y ya ha elegido otra cosa para este año. Por ahora no le interesa.`,
  }),

  hangsUp: ({ greeting }) => ({
    lines: [['assistant', greeting ?? HELLO], ['contact', 'No, gracias.']],
    summary: 'La persona colgó justo después del saludo.',
  }),

  optsOut: ({ name, greeting, optOutSentence }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', 'Por favor, quíteme de su lista y no vuelvan a llamar a este número.'],
      ['assistant', optOutSentence ?? 'Por supuesto. Elimino su número ahora mismo y no volveremos a llamarle. Disculpe la molestia. Adiós.', 'opt_out'],
    ],
    summary: `${name ?? 'La persona'} pidió que no la vuelvan a llamar. Se le confirmó.`,
  }),

  wrongNumber: ({ name, greeting }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', `${name ? `Aquí no hay nadie que se llame ${name}.` : 'No soy la persona que busca.'} Creo que se ha equivocado de número.`],
      ['assistant', 'Entonces disculpe la molestia. Tomo nota. Adiós.'],
      ['contact', 'No pasa nada. Adiós.'],
    ],
    summary: `Contestó otra persona: a ${name ?? 'este contacto'} no se le encuentra en este número.`,
  }),

  voicemail: ({ greeting, detectsVoicemail, voicemailMessage }) => ({
    lines: [
      ['contact', 'Este es mi buzón de voz. Ahora no puedo atenderle. Por favor, deje su mensaje después de la señal.', 'beep'],
      ...afterTheTone(detectsVoicemail ? voicemailMessage : greeting ?? HELLO),
    ],
    summary: '',
  }),

  callBack: ({ name, greeting, now }) => {
    const when = nextTimeAtFive(now).isToday ? 'hoy a las cinco' : 'mañana a las cinco'
    return {
      lines: [
        ['assistant', greeting ?? HELLO],
        ['contact', '¿Hola? Perdone, voy conduciendo y hay mucho ruido.'],
        ['assistant', 'Entonces no le distraigo. ¿Cuándo puedo llamarle?'],
        ['contact', `Llámeme ${when}, ya estaré en casa. Me interesa, pero ahora no puedo.`],
        ['assistant', `Con gusto, ${when}${name ? `, ${name}` : ''}. ¿A este mismo número?`, 'call_back'],
        ['contact', 'Sí, al mismo. Le dejo, que viene un túnel.'],
      ],
      summary: `${name ?? 'La persona'} iba conduciendo y pidió que la llamen ${when} al mismo número. En principio le interesa.`,
    }
  },

  annoyed: ({ name, greeting }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', 'Otra vez no. ¿De dónde han sacado mi número?'],
      ['assistant', 'Siento llamar en mal momento. Lo dejó usted al pedir información.'],
      ['contact', 'Yo no he pedido nada. Es la tercera llamada esta semana, y siempre en pleno trabajo.'],
      ['assistant', 'Entiendo que es una molestia. Solo quería preguntarle si…'],
      ['contact', 'No. A quien me llama a la hora de comer no le compro nada. Eso es todo.'],
    ],
    summary: `${name ?? 'La persona'} se enfadó por la tercera llamada de la semana en pleno trabajo y colgó.`,
  }),

  asksRobot: ({ name, greeting, company }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', 'Espere un momento, ¿es usted un robot?'],
      ['assistant', `Sí, soy un asistente virtual${company ? ` de ${company}` : ''}, y lo digo siempre que me lo preguntan. ¿Le parece bien?`],
      ['contact', 'Ya me lo parecía. Bueno, ¿qué quería?'],
      ['assistant', 'Hacerle dos preguntas. Si prefiere hablar con una persona, también lo puedo arreglar.'],
      ['contact', 'No hace falta. Mándeme algo para leer, estas cosas no las decido por teléfono.'],
      ['assistant', `Con gusto, hoy mismo tendrá dos páginas con precios en su correo. Gracias por su paciencia${name ? `, ${name}` : ''}.`],
      ['contact', 'De nada. Adiós, robot.'],
    ],
    summary: `${name ?? 'La persona'} preguntó si hablaba con un robot, se tomó la respuesta con humor y quiere información con precios por correo.`,
  }),

  silence: ({ greeting, asksAgain }) => ({
    lines: [['assistant', greeting ?? HELLO], ['assistant', asksAgain ?? 'Hola, ¿me oye?', undefined, 7], ['assistant', 'No oigo a nadie. Lo intentaré en otro momento.', undefined, 9]],
    summary: '',
  }),
}
