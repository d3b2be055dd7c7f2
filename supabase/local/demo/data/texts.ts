/** Who the demo's people are and what their assistants say. */
export const COMPANY = 'Northlane'
export const COMPANY_ZONE = 'America/New_York'

/** Local credentials, on this machine alone, written wherever the demo is offered. */
export const PASSWORD = 'Explore#1234'
export const OWNER = { name: 'Olivia Hart', email: 'demo@example.com' }
export const COLLEAGUES = [
  { name: 'Marcus Reyes', email: 'marcus@example.com', role: 'admin' },
  { name: 'Priya Nair', email: 'priya@example.com', role: 'viewer' },
] as const

const common = { maximum_seconds: 240, record_calls: false }
const opening = 'You call small companies whose people work in the field: plumbers, electricians, gardeners. Northlane plans their jobs and their routes.'

const question = (name: string, type: string, description: string, choices: string[] = []) => ({ name, type, description, choices })

export const CLARA = {
  ...common, name: 'Clara', voice_id: 'clara', language: 'en', role: 'Sales at Northlane', tone: 'Curious, brief and kind',
  extraction: [question('plans_today', 'text', 'How does the company plan its jobs today?'), question('follow_up', 'date', 'Which day was agreed on for a follow-up?'),
    question('interest', 'choice', 'How interested is the person?', ['high', 'medium', 'low'])],
  success_criterion: 'The person agreed to a call with a colleague.',
  greeting: 'Hi {name|there}, this is Clara from Northlane, an automated assistant.',
  instructions: `${opening}\n\nFind out how {company|the company} plans its jobs today and whether a twenty-minute call with a colleague would help. Be brief and kind. Never promise a price.`,
  voicemail_message: 'Hello, this is Clara from Northlane. I wanted to ask how you plan your jobs today. I will try again another time.',
}
export const EMMA = {
  ...common, name: 'Emma', voice_id: 'emma', language: 'en', role: 'Customer care at Northlane', tone: 'Warm and patient',
  extraction: [question('sentiment', 'choice', 'How does the person feel about us?', ['positive', 'neutral', 'negative']),
    question('reason', 'text', 'What did the person wish for or complain of?'), question('wants_call_back', 'yes_no', 'Should somebody call back?')],
  greeting: 'Hello {name|there}, this is Emma from Northlane, an automated assistant.',
  instructions: `${opening}\n\n{company|The company} has been a customer for some months. Ask what works well, what does not, and whether somebody should call them about it.`,
  voicemail_message: 'Hello, this is Emma from Northlane. I only wanted to ask how you are getting on. I will try again another time.',
}
export const LUCIA = {
  ...common, name: 'Lucía', voice_id: 'dalia', language: 'es', role: 'Ventas de Northlane', tone: 'Breve y amable',
  greeting: 'Hola {name|}, le habla Lucía de Northlane, una asistente virtual.',
  instructions: 'Llamas a talleres y pequeñas empresas. Northlane planifica sus trabajos y sus rutas.\n\nAverigua cómo organiza {company|la empresa} su trabajo hoy y si le serviría una llamada de veinte minutos con una compañera. Sé breve y amable.',
  voicemail_message: 'Hola, le habla Lucía de Northlane. Quería preguntarle cómo organiza hoy sus trabajos. Volveré a llamarle en otro momento.',
}

const hours = (weekdays: number[], opens_at: string, closes_at: string) => weekdays.map((weekday) => ({ weekday, opens_at, closes_at }))
const WORKDAYS = [1, 2, 3, 4, 5]

export const INTRODUCTION = {
  name: 'Introduction after the trade fair', purpose: 'sales', max_attempts: 3, windows: hours(WORKDAYS, '09:00', '19:00'),
  description: 'Everybody who left a card at our booth: how do they plan today, and would they like to see it?',
}
/** Open on every day and from Sydney to San Diego, so that somebody can be called whenever somebody explores. */
export const CHECK_IN = {
  name: 'Customer check-in', purpose: 'service', max_attempts: 4, windows: hours([...WORKDAYS, 6, 7], '09:00', '20:00'), concurrency_max: 4,
  description: 'How are our customers getting on? Whoever has a problem is called by a person.',
}
/** Its budget ends before its contacts do. */
export const PRESENTATION = {
  name: 'Presentación a talleres', purpose: 'sales', max_attempts: 3, windows: hours([...WORKDAYS, 6], '09:00', '19:00'), priority: 'high',
  description: 'First calls in Spanish. A trial with a small budget, to see what comes of it.',
}

export const WRITTEN_CONSENT = {
  basis: 'express_written', purposes: ['sales', 'service'], channel: 'paper',
  text_shown: 'I agree that Northlane may call me, also with an automated voice, about its products. I can withdraw this at any time.',
  evidence: 'Cards of the trade fair, folder 7',
}
export const CUSTOMER_CONSENT = {
  basis: 'express', purposes: ['service', 'survey'], channel: 'web_form', text_shown: 'Northlane may call me about my account, also with an automated voice.',
  evidence: 'Customer portal',
}
