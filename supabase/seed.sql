-- Platform data. Safe to run again.

insert into public.plans (id, name, first_increment_seconds, billing_increment_seconds, concurrency_max, free_seconds, is_default)
values ('prepaid', 'Prepaid minutes', 60, 60, 5, 1200, true)
on conflict (id) do nothing;

insert into public.packs (id, name, description, seconds, price_cents, position) values
  ('minutes_50', '50 minutes', 'To try a first campaign', 3000, 3000, 1),
  ('minutes_100', '100 minutes', 'For a small list', 6000, 5000, 2),
  ('minutes_200', '200 minutes', 'For regular campaigns', 12000, 8000, 3),
  ('minutes_500', '500 minutes', 'The lowest price per minute', 30000, 20000, 4)
on conflict (id) do nothing;

insert into public.role_permissions (role, permission, scope)
select r.role::public.member_role, p.permission, 'account'
from (values ('owner'), ('admin')) r (role)
cross join (values ('account.read'), ('account.manage'), ('activity.read'), ('assistants.edit'), ('assistants.read'), ('billing.manage'),
  ('billing.read'), ('calls.edit'), ('calls.end'), ('calls.listen'), ('calls.read'), ('calls.test'), ('campaigns.edit'), ('campaigns.override_consent'), ('campaigns.read'), ('campaigns.run'), ('contacts.edit'),
  ('contacts.read'), ('contacts.read_personal'), ('do_not_call.edit'), ('do_not_call.remove'), ('team.manage')) p (permission)
on conflict do nothing;
insert into public.role_permissions (role, permission, scope) values
  ('owner', 'account.close', 'account'), ('owner', 'team.owners', 'account'),
  ('agent', 'account.read', 'account'), ('agent', 'assistants.read', 'account'),
  ('agent', 'campaigns.read', 'assigned'), ('agent', 'calls.read', 'assigned'), ('agent', 'calls.listen', 'assigned'), ('agent', 'calls.edit', 'assigned'),
  ('agent', 'contacts.read', 'assigned'), ('agent', 'contacts.read_personal', 'assigned'), ('agent', 'do_not_call.edit', 'account'),
  ('viewer', 'account.read', 'account'), ('viewer', 'assistants.read', 'account'), ('viewer', 'campaigns.read', 'account'),
  ('viewer', 'calls.read', 'account'), ('viewer', 'contacts.read', 'account')
on conflict do nothing;

-- What companies of a kind begin with: whom they may call when and how often, whether calls are recorded, their own words for conversations.
insert into public.company_types (id, position, template_kind, rules, records_calls, idle_minutes, dispositions) values
  ('generic', 1, null, '{}', true, 0, '[]'),
  ('e_commerce', 2, 'order_confirmation', '{"frequency_cap": 2, "frequency_hours": 24, "windows": [{"weekday": 1, "opens_at": "10:00", "closes_at": "20:00"}, {"weekday": 2, "opens_at": "10:00", "closes_at": "20:00"}, {"weekday": 3, "opens_at": "10:00", "closes_at": "20:00"}, {"weekday": 4, "opens_at": "10:00", "closes_at": "20:00"}, {"weekday": 5, "opens_at": "10:00", "closes_at": "20:00"}, {"weekday": 6, "opens_at": "10:00", "closes_at": "20:00"}]}', true, 0, '[
    {"name": "Order confirmed", "meaning": "positive", "description": "The person confirmed the order or bought again."},
    {"name": "Wants a change", "meaning": "neutral", "description": "Another address, another day or another article is wanted."},
    {"name": "Cancels the order", "meaning": "negative", "description": "The person does not want the order any more."}]'),
  ('healthcare', 3, 'appointment_reminder', '{"frequency_cap": 2, "frequency_hours": 24, "minimum_gap_seconds": 14400, "observes_holidays": true, "windows": [{"weekday": 1, "opens_at": "09:00", "closes_at": "17:00"}, {"weekday": 2, "opens_at": "09:00", "closes_at": "17:00"}, {"weekday": 3, "opens_at": "09:00", "closes_at": "17:00"}, {"weekday": 4, "opens_at": "09:00", "closes_at": "17:00"}, {"weekday": 5, "opens_at": "09:00", "closes_at": "17:00"}]}', false, 15, '[
    {"name": "Will come", "meaning": "positive", "description": "The person keeps the appointment."},
    {"name": "Wants another day", "meaning": "neutral", "description": "The person asked for another day or time."},
    {"name": "Cancels the appointment", "meaning": "negative", "description": "The person does not come and wants no other day."}]'),
  ('real_estate', 4, 'lead_qualification', '{"frequency_cap": 2, "frequency_hours": 48, "windows": [{"weekday": 1, "opens_at": "10:00", "closes_at": "19:00"}, {"weekday": 2, "opens_at": "10:00", "closes_at": "19:00"}, {"weekday": 3, "opens_at": "10:00", "closes_at": "19:00"}, {"weekday": 4, "opens_at": "10:00", "closes_at": "19:00"}, {"weekday": 5, "opens_at": "10:00", "closes_at": "19:00"}, {"weekday": 6, "opens_at": "10:00", "closes_at": "19:00"}]}', true, 0, '[
    {"name": "Viewing wanted", "meaning": "positive", "description": "The person wants to see a property."},
    {"name": "Wants to sell", "meaning": "positive", "description": "The person thinks of selling a property of their own."},
    {"name": "Looks later", "meaning": "neutral", "description": "The person may look for something in some months."}]')
on conflict (id) do nothing;

-- Who changes the text adds a version; every account is asked again before its next campaign starts.
insert into public.terms (version, title, sections, published_at) values (1, 'Terms of use for outbound calls', jsonb_build_array(
  jsonb_build_object('heading', 'Whom you call', 'text', 'You call only people whom you may call: with the consent that the law asks for where they are, or with another right to call them that you can prove. You keep the proof and show it when asked.'),
  jsonb_build_object('heading', 'What you say', 'text', 'Your assistant says at the beginning who calls and on whose behalf. It does not claim to be a human being, and says that it is an assistant when it is asked. It does not deceive, threaten or harass.'),
  jsonb_build_object('heading', 'Who asks not to be called', 'text', 'A wish not to be called is respected at once, in every campaign and for good. You do not bring such a person back under another account, list or number.'),
  jsonb_build_object('heading', 'When you call', 'text', 'Calling hours, limits and do-not-call lists of the places you call hold beside those you set. What the platform checks for you does not take this duty from you.'),
  jsonb_build_object('heading', 'Recordings and data', 'text', 'You announce recordings where the law asks for it, and process what people say only for the purpose of the campaign. You answer their questions about their data, and erase it when you must.'),
  jsonb_build_object('heading', 'What you must not call for', 'text', 'No unlawful offers, no emergency services, no numbers that cost the person money, and no calls on behalf of somebody who was shut out of the platform.'),
  jsonb_build_object('heading', 'Minutes', 'text', 'Each call uses minutes as the price list says, also when it reaches a mailbox. Minutes that were used are not given back because a campaign had another result than hoped for.'),
  jsonb_build_object('heading', 'If these terms are broken', 'text', 'The platform may hold your calls at once and close the account. You stand in for what calls of your account cause.')
), '2026-01-01') on conflict (version) do nothing;

-- The provider's own voices speak English; those of Azure come through it without a key of ours, each made for one language.
insert into public.voices (id, name, provider, provider_ref, language, description) values
  ('elliot', 'Elliot', 'vapi', 'Elliot', 'en', 'Warm and unhurried, Canadian English'),
  ('savannah', 'Savannah', 'vapi', 'Savannah', 'en', 'Bright and friendly, Southern American English'),
  ('rohan', 'Rohan', 'vapi', 'Rohan', 'en', 'Clear and energetic, Indian American English'),
  ('emma', 'Emma', 'vapi', 'Emma', 'en', 'Calm and professional, American English'),
  ('clara', 'Clara', 'vapi', 'Clara', 'en', 'Lively and helpful, American English'),
  ('nico', 'Nico', 'vapi', 'Nico', 'en', 'Relaxed and young, American English'),
  ('katja', 'Katja', 'azure', 'de-DE-KatjaNeural', 'de', 'Clear and friendly, standard German'),
  ('conrad', 'Conrad', 'azure', 'de-DE-ConradNeural', 'de', 'Calm and deep, standard German'),
  ('elvira', 'Elvira', 'azure', 'es-ES-ElviraNeural', 'es', 'Clear and lively, Spanish of Spain'),
  ('dalia', 'Dalia', 'azure', 'es-MX-DaliaNeural', 'es', 'Warm and friendly, Mexican Spanish'),
  ('jorge', 'Jorge', 'azure', 'es-MX-JorgeNeural', 'es', 'Calm and polite, Mexican Spanish'),
  ('denise', 'Denise', 'azure', 'fr-FR-DeniseNeural', 'fr', 'Bright and friendly, French of France'),
  ('henri', 'Henri', 'azure', 'fr-FR-HenriNeural', 'fr', 'Calm and serious, French of France')
on conflict (id) do nothing;

-- Of the models that the provider's SDK knows: those that answer fast enough for a conversation and heed a temperature.
insert into public.assistant_models (id, name, provider, provider_ref, description, position) values
  ('gpt-4o-mini', 'GPT-4o mini', 'openai', 'gpt-4o-mini', 'Fast and cheap, good for most conversations', 1),
  ('gpt-4.1-mini', 'GPT-4.1 mini', 'openai', 'gpt-4.1-mini', 'Fast, keeps to longer instructions', 2),
  ('gpt-4.1', 'GPT-4.1', 'openai', 'gpt-4.1', 'Thorough, a little slower', 3),
  ('gpt-4o', 'GPT-4o', 'openai', 'gpt-4o', 'Natural and quick, costs more', 4),
  ('claude-haiku-4.5', 'Claude Haiku 4.5', 'anthropic', 'claude-haiku-4-5-20251001', 'Fast, careful with rules', 5),
  ('claude-sonnet-4.5', 'Claude Sonnet 4.5', 'anthropic', 'claude-sonnet-4-5-20250929', 'Thorough, costs more', 6),
  ('gemini-2.5-flash', 'Gemini 2.5 Flash', 'google', 'gemini-2.5-flash', 'Very fast, many languages', 7),
  ('llama-3.3-70b', 'Llama 3.3 70B', 'groq', 'llama-3.3-70b-versatile', 'An open model, very fast', 8)
on conflict (id) do nothing;

-- Assistants to begin with. [account] becomes the account's name; what stands in single braces is filled in for each contact.
insert into public.assistant_templates (id, kind, language, position, content) values
  ('appointment-reminder-en', 'appointment_reminder', 'en', 1, $json${
    "voice_id": "emma",
    "temperature_percent": 40,
    "maximum_seconds": 240,
    "name": "Appointment reminder",
    "role": "Reception of [account]",
    "tone": "Friendly, brief and exact",
    "persona": "You know the calendar by heart and never press anybody.",
    "greeting": "Hello {name|there}, this is the virtual assistant of [account]. I am calling about your appointment on {appointment|one of the next days}. Is that still good for you?",
    "retry_greeting": "Hello {name|there}, this is [account] again, about your appointment on {appointment|one of the next days}. Do you have half a minute?",
    "instructions": "Remind {name|the person} of the appointment on {appointment|one of the next days} and find out whether it will be kept.\n\nIf it is kept: thank them and repeat day and time.\nIf not: ask whether they want another day, and which days and times suit. Say that a colleague will confirm it. Never promise a time yourself.\nDo not speak of the reason for the appointment with anybody else.",
    "voicemail_message": "Hello, this is [account] with a reminder of your appointment on {appointment|one of the next days}. If you cannot come, please let us know. Goodbye.",
    "fallback_message": "Sorry, I did not hear you. Will you keep the appointment?",
    "goodbye_message": "Thank you and goodbye.",
    "opt_out_sentence": "If you do not want reminders by telephone, just tell me.",
    "extraction": [
      {"name": "will_attend", "type": "choice", "description": "Will the person keep the appointment?", "choices": ["yes", "no", "another day"]},
      {"name": "preferred_time", "type": "text", "description": "Which other day or time did the person ask for?", "choices": []}
    ],
    "success_criterion": "The person said that they will keep the appointment or named another time for it."
  }$json$),
  ('appointment-reminder-de', 'appointment_reminder', 'de', 1, $json${
    "voice_id": "katja",
    "temperature_percent": 40,
    "maximum_seconds": 240,
    "name": "Terminerinnerung",
    "role": "Empfang von [account]",
    "tone": "Freundlich, kurz und genau",
    "persona": "Du kennst den Kalender auswendig und drängst niemanden.",
    "greeting": "Guten Tag {name|}, hier ist die digitale Assistentin von [account]. Es geht um Ihren Termin am {appointment|einem der nächsten Tage}. Passt er Ihnen noch?",
    "retry_greeting": "Guten Tag {name|}, hier ist noch einmal [account] wegen Ihres Termins am {appointment|einem der nächsten Tage}. Haben Sie eine halbe Minute?",
    "instructions": "Erinnere {name|die Person} an den Termin am {appointment|einem der nächsten Tage} und finde heraus, ob er wahrgenommen wird.\n\nWenn ja: bedanke dich und wiederhole Tag und Uhrzeit.\nWenn nein: frage, ob ein anderer Tag gewünscht ist und welche Tage und Zeiten passen. Sage, dass eine Kollegin ihn bestätigt. Versprich selbst keine Zeit.\nSprich mit niemand anderem über den Grund des Termins.",
    "voicemail_message": "Guten Tag, hier ist [account] mit einer Erinnerung an Ihren Termin am {appointment|einem der nächsten Tage}. Wenn Sie nicht kommen können, sagen Sie uns bitte Bescheid. Auf Wiederhören.",
    "fallback_message": "Entschuldigung, ich habe Sie nicht gehört. Nehmen Sie den Termin wahr?",
    "goodbye_message": "Vielen Dank und auf Wiederhören.",
    "opt_out_sentence": "Wenn Sie keine Erinnerungen per Telefon möchten, sagen Sie es mir einfach.",
    "extraction": [
      {"name": "will_attend", "type": "choice", "description": "Nimmt die Person den Termin wahr?", "choices": ["ja", "nein", "anderer Tag"]},
      {"name": "preferred_time", "type": "text", "description": "Welchen anderen Tag oder welche Zeit hat die Person genannt?", "choices": []}
    ],
    "success_criterion": "Die Person hat gesagt, dass sie den Termin wahrnimmt, oder eine andere Zeit dafür genannt."
  }$json$),
  ('appointment-reminder-es', 'appointment_reminder', 'es', 1, $json${
    "voice_id": "dalia",
    "temperature_percent": 40,
    "maximum_seconds": 240,
    "name": "Recordatorio de cita",
    "role": "Recepción de [account]",
    "tone": "Amable, breve y exacta",
    "persona": "Conoces la agenda de memoria y nunca presionas a nadie.",
    "greeting": "Hola {name|}, le habla la asistente virtual de [account]. Le llamo por su cita del {appointment|uno de los próximos días}. ¿Le sigue viniendo bien?",
    "retry_greeting": "Hola {name|}, le llamamos de nuevo de [account] por su cita del {appointment|uno de los próximos días}. ¿Tiene medio minuto?",
    "instructions": "Recuerda a {name|la persona} su cita del {appointment|uno de los próximos días} y averigua si acudirá.\n\nSi acude: da las gracias y repite el día y la hora.\nSi no: pregunta si quiere otro día y qué días y horas le vienen bien. Di que una compañera lo confirmará. Nunca prometas una hora.\nNo hables del motivo de la cita con otra persona.",
    "voicemail_message": "Hola, le llamamos de [account] para recordarle su cita del {appointment|uno de los próximos días}. Si no puede venir, avísenos por favor. Hasta luego.",
    "fallback_message": "Perdone, no le he oído. ¿Acudirá a la cita?",
    "goodbye_message": "Gracias y hasta luego.",
    "opt_out_sentence": "Si no desea recordatorios por teléfono, dígamelo.",
    "extraction": [
      {"name": "will_attend", "type": "choice", "description": "¿Acudirá la persona a la cita?", "choices": ["sí", "no", "otro día"]},
      {"name": "preferred_time", "type": "text", "description": "¿Qué otro día u hora pidió la persona?", "choices": []}
    ],
    "success_criterion": "La persona dijo que acudirá a la cita o propuso otra hora."
  }$json$),
  ('lead-qualification-en', 'lead_qualification', 'en', 2, $json${
    "voice_id": "clara",
    "temperature_percent": 40,
    "maximum_seconds": 240,
    "name": "Lead qualification",
    "role": "Sales development at [account]",
    "tone": "Curious, relaxed and to the point",
    "persona": "You ask good questions, listen, and take a no for a no.",
    "greeting": "Hello {name|there}, this is the virtual assistant of [account]. You were interested in what we do. May I ask you three short questions?",
    "retry_greeting": "Hello {name|there}, [account] once more, we missed you the other day. Is now a good moment for three short questions?",
    "instructions": "Find out whether {company|the company of the person} and [account] fit together. Ask one question at a time:\n\n1. What do they want to solve?\n2. Until when?\n3. Roughly which budget is set aside, and who decides?\n\nIf it fits, ask when a colleague may call back and repeat the time. If it does not, thank them and end the call. Never name prices and never promise a feature.",
    "voicemail_message": "Hello {name|there}, this is [account]. You were interested in what we do. We will try again another day. Goodbye.",
    "fallback_message": "Sorry, the line is bad. Could you say that again?",
    "goodbye_message": "Thank you for your time, goodbye.",
    "opt_out_sentence": "If you do not want to be called again, just say so.",
    "extraction": [
      {"name": "need", "type": "text", "description": "What does the person want to solve?", "choices": []},
      {"name": "timeframe", "type": "choice", "description": "Until when do they want a solution?", "choices": ["this month", "this quarter", "this year", "later", "unknown"]},
      {"name": "budget", "type": "number", "description": "Which budget did they name, in whole currency units?", "choices": []},
      {"name": "is_decision_maker", "type": "yes_no", "description": "Does the person decide alone?", "choices": []}
    ],
    "success_criterion": "The person described a need that we can solve and agreed to a call with a colleague."
  }$json$),
  ('lead-qualification-de', 'lead_qualification', 'de', 2, $json${
    "voice_id": "conrad",
    "temperature_percent": 40,
    "maximum_seconds": 240,
    "name": "Interessenten befragen",
    "role": "Vertrieb von [account]",
    "tone": "Neugierig, gelassen und sachlich",
    "persona": "Du stellst gute Fragen, hörst zu und nimmst ein Nein als Nein.",
    "greeting": "Guten Tag {name|}, hier ist der digitale Assistent von [account]. Sie haben sich für unser Angebot interessiert. Darf ich Ihnen drei kurze Fragen stellen?",
    "retry_greeting": "Guten Tag {name|}, hier ist noch einmal [account], wir haben Sie neulich verpasst. Passt es jetzt für drei kurze Fragen?",
    "instructions": "Finde heraus, ob {company|das Unternehmen der Person} und [account] zusammenpassen. Stelle eine Frage nach der anderen:\n\n1. Was soll gelöst werden?\n2. Bis wann?\n3. Welches Budget ist ungefähr vorgesehen, und wer entscheidet?\n\nWenn es passt, frage, wann ein Kollege zurückrufen darf, und wiederhole die Zeit. Wenn nicht, bedanke dich und beende das Gespräch. Nenne nie Preise und versprich keine Funktion.",
    "voicemail_message": "Guten Tag {name|}, hier ist [account]. Sie haben sich für unser Angebot interessiert. Wir versuchen es ein andermal. Auf Wiederhören.",
    "fallback_message": "Entschuldigung, die Verbindung ist schlecht. Können Sie das wiederholen?",
    "goodbye_message": "Danke für Ihre Zeit, auf Wiederhören.",
    "opt_out_sentence": "Wenn Sie nicht mehr angerufen werden möchten, sagen Sie es einfach.",
    "extraction": [
      {"name": "need", "type": "text", "description": "Was möchte die Person lösen?", "choices": []},
      {"name": "timeframe", "type": "choice", "description": "Bis wann wird eine Lösung gesucht?", "choices": ["diesen Monat", "dieses Quartal", "dieses Jahr", "später", "unbekannt"]},
      {"name": "budget", "type": "number", "description": "Welches Budget wurde genannt, in ganzen Euro?", "choices": []},
      {"name": "is_decision_maker", "type": "yes_no", "description": "Entscheidet die Person allein?", "choices": []}
    ],
    "success_criterion": "Die Person hat einen Bedarf beschrieben, den wir lösen können, und einem Gespräch mit einem Kollegen zugestimmt."
  }$json$),
  ('lead-qualification-es', 'lead_qualification', 'es', 2, $json${
    "voice_id": "jorge",
    "temperature_percent": 40,
    "maximum_seconds": 240,
    "name": "Calificar interesados",
    "role": "Ventas de [account]",
    "tone": "Curioso, tranquilo y concreto",
    "persona": "Haces buenas preguntas, escuchas y aceptas un no.",
    "greeting": "Hola {name|}, le habla el asistente virtual de [account]. Usted se interesó por lo que hacemos. ¿Puedo hacerle tres preguntas breves?",
    "retry_greeting": "Hola {name|}, le llamamos otra vez de [account]. ¿Es ahora buen momento para tres preguntas breves?",
    "instructions": "Averigua si {company|la empresa de la persona} y [account] encajan. Haz una pregunta cada vez:\n\n1. ¿Qué quieren resolver?\n2. ¿Para cuándo?\n3. ¿Qué presupuesto aproximado hay y quién decide?\n\nSi encaja, pregunta cuándo puede llamar un compañero y repite la hora. Si no, da las gracias y termina. Nunca digas precios ni prometas funciones.",
    "voicemail_message": "Hola {name|}, le llamamos de [account]. Usted se interesó por lo que hacemos. Lo intentaremos otro día. Hasta luego.",
    "fallback_message": "Perdone, la línea va mal. ¿Puede repetirlo?",
    "goodbye_message": "Gracias por su tiempo, hasta luego.",
    "opt_out_sentence": "Si no desea que le llamemos más, dígalo.",
    "extraction": [
      {"name": "need", "type": "text", "description": "¿Qué quiere resolver la persona?", "choices": []},
      {"name": "timeframe", "type": "choice", "description": "¿Para cuándo quieren una solución?", "choices": ["este mes", "este trimestre", "este año", "más tarde", "desconocido"]},
      {"name": "budget", "type": "number", "description": "¿Qué presupuesto nombraron, en unidades enteras?", "choices": []},
      {"name": "is_decision_maker", "type": "yes_no", "description": "¿Decide la persona sola?", "choices": []}
    ],
    "success_criterion": "La persona describió una necesidad que podemos resolver y aceptó una llamada de un compañero."
  }$json$),
  ('survey-en', 'survey', 'en', 3, $json${
    "voice_id": "savannah",
    "temperature_percent": 20,
    "maximum_seconds": 300,
    "name": "Customer survey",
    "role": "Customer care at [account]",
    "tone": "Warm and neutral",
    "persona": "You are interested in every answer and never defend the company.",
    "greeting": "Hello {name|there}, this is the virtual assistant of [account]. May I ask how satisfied you are with us? It takes one minute.",
    "retry_greeting": "Hello {name|there}, it is [account] again with our one-minute survey. Is this a better moment?",
    "instructions": "Ask these questions one after the other and do not comment on the answers:\n\n1. From 0 to 10, how likely are you to recommend us?\n2. What is the main reason for that number?\n3. What should we do better?\n4. May a colleague call you about it?\n\nThank the person and end the call.",
    "voicemail_message": "",
    "fallback_message": "Sorry, I did not get that. Could you repeat it?",
    "goodbye_message": "Thank you, that helps us a lot. Goodbye.",
    "opt_out_sentence": "If you do not want to take part in surveys, just say so.",
    "extraction": [
      {"name": "recommendation", "type": "number", "description": "From 0 to 10: how likely is the person to recommend us?", "choices": []},
      {"name": "reason", "type": "text", "description": "What is the main reason for that number?", "choices": []},
      {"name": "improvement", "type": "text", "description": "What should we do better?", "choices": []},
      {"name": "wants_call", "type": "yes_no", "description": "May a colleague call the person about it?", "choices": []}
    ],
    "success_criterion": "The person gave a number from 0 to 10 and a reason for it."
  }$json$),
  ('survey-de', 'survey', 'de', 3, $json${
    "voice_id": "katja",
    "temperature_percent": 20,
    "maximum_seconds": 300,
    "name": "Kundenbefragung",
    "role": "Kundenbetreuung von [account]",
    "tone": "Warm und neutral",
    "persona": "Dich interessiert jede Antwort, und du verteidigst das Unternehmen nie.",
    "greeting": "Guten Tag {name|}, hier ist die digitale Assistentin von [account]. Darf ich fragen, wie zufrieden Sie mit uns sind? Es dauert eine Minute.",
    "retry_greeting": "Guten Tag {name|}, hier ist noch einmal [account] mit unserer kurzen Befragung. Passt es jetzt besser?",
    "instructions": "Stelle diese Fragen nacheinander und kommentiere die Antworten nicht:\n\n1. Von 0 bis 10, wie wahrscheinlich empfehlen Sie uns weiter?\n2. Was ist der wichtigste Grund für diese Zahl?\n3. Was sollen wir besser machen?\n4. Darf eine Kollegin Sie dazu anrufen?\n\nBedanke dich und beende das Gespräch.",
    "voicemail_message": "",
    "fallback_message": "Entschuldigung, das habe ich nicht verstanden. Können Sie es wiederholen?",
    "goodbye_message": "Danke, das hilft uns sehr. Auf Wiederhören.",
    "opt_out_sentence": "Wenn Sie an keinen Befragungen teilnehmen möchten, sagen Sie es einfach.",
    "extraction": [
      {"name": "recommendation", "type": "number", "description": "Von 0 bis 10: wie wahrscheinlich empfiehlt die Person uns weiter?", "choices": []},
      {"name": "reason", "type": "text", "description": "Was ist der wichtigste Grund für diese Zahl?", "choices": []},
      {"name": "improvement", "type": "text", "description": "Was sollen wir besser machen?", "choices": []},
      {"name": "wants_call", "type": "yes_no", "description": "Darf eine Kollegin dazu anrufen?", "choices": []}
    ],
    "success_criterion": "Die Person hat eine Zahl von 0 bis 10 und einen Grund dafür genannt."
  }$json$),
  ('survey-es', 'survey', 'es', 3, $json${
    "voice_id": "elvira",
    "temperature_percent": 20,
    "maximum_seconds": 300,
    "name": "Encuesta a clientes",
    "role": "Atención al cliente de [account]",
    "tone": "Cálida y neutral",
    "persona": "Te interesa cada respuesta y nunca defiendes a la empresa.",
    "greeting": "Hola {name|}, le habla la asistente virtual de [account]. ¿Puedo preguntarle si está satisfecho con nosotros? Es un minuto.",
    "retry_greeting": "Hola {name|}, somos [account] otra vez, con nuestra encuesta de un minuto. ¿Le viene mejor ahora?",
    "instructions": "Haz estas preguntas una tras otra y no comentes las respuestas:\n\n1. De 0 a 10, ¿con qué probabilidad nos recomendaría?\n2. ¿Cuál es la razón principal de ese número?\n3. ¿Qué deberíamos mejorar?\n4. ¿Puede llamarle una compañera por este tema?\n\nDa las gracias y termina la llamada.",
    "voicemail_message": "",
    "fallback_message": "Perdone, no le he entendido. ¿Puede repetirlo?",
    "goodbye_message": "Gracias, nos ayuda mucho. Hasta luego.",
    "opt_out_sentence": "Si no desea participar en encuestas, dígalo.",
    "extraction": [
      {"name": "recommendation", "type": "number", "description": "De 0 a 10: ¿con qué probabilidad nos recomienda?", "choices": []},
      {"name": "reason", "type": "text", "description": "¿Cuál es la razón principal de ese número?", "choices": []},
      {"name": "improvement", "type": "text", "description": "¿Qué deberíamos mejorar?", "choices": []},
      {"name": "wants_call", "type": "yes_no", "description": "¿Puede llamar una compañera por este tema?", "choices": []}
    ],
    "success_criterion": "La persona dio un número de 0 a 10 y una razón."
  }$json$),
  ('payment-reminder-en', 'payment_reminder', 'en', 4, $json${
    "voice_id": "elliot",
    "temperature_percent": 20,
    "maximum_seconds": 240,
    "name": "Payment reminder",
    "role": "Accounts of [account]",
    "tone": "Polite, calm and discreet",
    "persona": "You take it that somebody simply forgot. You never threaten.",
    "greeting": "Hello, this is the virtual assistant of [account]. Am I speaking with {name|the account holder}?",
    "retry_greeting": "Hello, this is [account] again. Am I speaking with {name|the account holder}?",
    "instructions": "First make sure that you speak with {name|the account holder}. Say nothing about money to anybody else; in that case ask when the person can be reached and end the call.\n\nThen say that the invoice {invoice|of last month} over {amount|the open amount} has not been paid yet, and ask when it will be. Offer to send the invoice again. If the person cannot pay at once, say that a colleague will find a way with them. Never threaten and never take card or account numbers.",
    "voicemail_message": "Hello, this is [account]. Please call us back when you have a moment. Goodbye.",
    "fallback_message": "Sorry, I did not hear you. Are you still there?",
    "goodbye_message": "Thank you and goodbye.",
    "opt_out_sentence": "If you do not want to be reminded by telephone, just tell me.",
    "extraction": [
      {"name": "is_account_holder", "type": "yes_no", "description": "Did the assistant speak with the account holder?", "choices": []},
      {"name": "promised_date", "type": "date", "description": "By which day does the person promise to pay?", "choices": []},
      {"name": "reason", "type": "choice", "description": "Why is it not paid yet?", "choices": ["forgotten", "no invoice received", "disputed", "cannot pay", "already paid", "unknown"]}
    ],
    "success_criterion": "The account holder named a day of payment or said that it is paid already."
  }$json$),
  ('payment-reminder-de', 'payment_reminder', 'de', 4, $json${
    "voice_id": "conrad",
    "temperature_percent": 20,
    "maximum_seconds": 240,
    "name": "Zahlungserinnerung",
    "role": "Buchhaltung von [account]",
    "tone": "Höflich, ruhig und diskret",
    "persona": "Du gehst davon aus, dass es nur vergessen wurde. Du drohst nie.",
    "greeting": "Guten Tag, hier ist der digitale Assistent von [account]. Spreche ich mit {name|der Vertragsinhaberin oder dem Vertragsinhaber}?",
    "retry_greeting": "Guten Tag, hier ist noch einmal [account]. Spreche ich mit {name|der Vertragsinhaberin oder dem Vertragsinhaber}?",
    "instructions": "Vergewissere dich zuerst, dass du mit {name|der richtigen Person} sprichst. Sprich mit niemand anderem über Geld; frage sonst, wann die Person erreichbar ist, und beende das Gespräch.\n\nSage dann, dass die Rechnung {invoice|des letzten Monats} über {amount|den offenen Betrag} noch nicht bezahlt ist, und frage, wann sie bezahlt wird. Biete an, die Rechnung noch einmal zu schicken. Wenn die Person nicht sofort zahlen kann, sage, dass eine Kollegin mit ihr einen Weg findet. Drohe nie und nimm keine Karten- oder Kontonummern entgegen.",
    "voicemail_message": "Guten Tag, hier ist [account]. Bitte rufen Sie uns zurück, wenn Sie einen Moment haben. Auf Wiederhören.",
    "fallback_message": "Entschuldigung, ich habe Sie nicht gehört. Sind Sie noch da?",
    "goodbye_message": "Vielen Dank und auf Wiederhören.",
    "opt_out_sentence": "Wenn Sie nicht per Telefon erinnert werden möchten, sagen Sie es mir einfach.",
    "extraction": [
      {"name": "is_account_holder", "type": "yes_no", "description": "Hat der Assistent mit der richtigen Person gesprochen?", "choices": []},
      {"name": "promised_date", "type": "date", "description": "Bis zu welchem Tag will die Person zahlen?", "choices": []},
      {"name": "reason", "type": "choice", "description": "Warum ist noch nicht bezahlt?", "choices": ["vergessen", "keine Rechnung erhalten", "strittig", "kann nicht zahlen", "schon bezahlt", "unbekannt"]}
    ],
    "success_criterion": "Die richtige Person hat einen Zahlungstag genannt oder gesagt, dass bezahlt ist."
  }$json$),
  ('payment-reminder-es', 'payment_reminder', 'es', 4, $json${
    "voice_id": "jorge",
    "temperature_percent": 20,
    "maximum_seconds": 240,
    "name": "Recordatorio de pago",
    "role": "Administración de [account]",
    "tone": "Educado, tranquilo y discreto",
    "persona": "Supones que simplemente se olvidó. Nunca amenazas.",
    "greeting": "Hola, le habla el asistente virtual de [account]. ¿Hablo con {name|la persona titular}?",
    "retry_greeting": "Hola, somos [account] otra vez. ¿Hablo con {name|la persona titular}?",
    "instructions": "Asegúrate primero de que hablas con {name|la persona titular}. No hables de dinero con nadie más; en ese caso pregunta cuándo se le puede localizar y termina.\n\nDespués di que la factura {invoice|del mes pasado} por {amount|el importe pendiente} aún no está pagada y pregunta cuándo se pagará. Ofrece enviar de nuevo la factura. Si no puede pagar enseguida, di que una compañera buscará una solución. Nunca amenaces ni aceptes números de tarjeta o cuenta.",
    "voicemail_message": "Hola, le llamamos de [account]. Por favor, llámenos cuando tenga un momento. Hasta luego.",
    "fallback_message": "Perdone, no le he oído. ¿Sigue ahí?",
    "goodbye_message": "Gracias y hasta luego.",
    "opt_out_sentence": "Si no desea recordatorios por teléfono, dígamelo.",
    "extraction": [
      {"name": "is_account_holder", "type": "yes_no", "description": "¿Habló el asistente con la persona titular?", "choices": []},
      {"name": "promised_date", "type": "date", "description": "¿Para qué día promete pagar?", "choices": []},
      {"name": "reason", "type": "choice", "description": "¿Por qué no está pagada?", "choices": ["olvido", "no recibió la factura", "en disputa", "no puede pagar", "ya pagada", "desconocido"]}
    ],
    "success_criterion": "La persona titular nombró un día de pago o dijo que ya está pagada."
  }$json$),
  ('order-confirmation-en', 'order_confirmation', 'en', 5, $json${
    "voice_id": "nico",
    "temperature_percent": 20,
    "maximum_seconds": 180,
    "name": "Order confirmation",
    "role": "Order desk of [account]",
    "tone": "Cheerful and exact",
    "persona": "You want every parcel to arrive where it should.",
    "greeting": "Hello {name|there}, this is the virtual assistant of [account] about your order {order|of these days}. May I check it with you?",
    "retry_greeting": "Hello {name|there}, [account] again about your order {order|of these days}. May I check it with you now?",
    "instructions": "Check the order {order|of these days} with {name|the person}:\n\n1. Is it still wanted?\n2. Is {address|the delivery address that we have} right? If not, ask for the right one and repeat it.\n3. Is there anything the driver should know?\n\nRead back what was changed. Sell nothing and take no card numbers. If the order is to be cancelled, say that it is noted.",
    "voicemail_message": "Hello {name|there}, this is [account] about your order. We will try again to check the delivery with you. Goodbye.",
    "fallback_message": "Sorry, could you repeat that?",
    "goodbye_message": "Thank you for your order. Goodbye.",
    "opt_out_sentence": "If you do not want calls about your orders, just say so.",
    "extraction": [
      {"name": "order_status", "type": "choice", "description": "What did the person decide?", "choices": ["confirmed", "changed", "cancelled", "unclear"]},
      {"name": "new_address", "type": "text", "description": "Which other delivery address did the person give?", "choices": []},
      {"name": "delivery_note", "type": "text", "description": "What should the driver know?", "choices": []}
    ],
    "success_criterion": "The person confirmed the order, with or without a change."
  }$json$),
  ('order-confirmation-de', 'order_confirmation', 'de', 5, $json${
    "voice_id": "katja",
    "temperature_percent": 20,
    "maximum_seconds": 180,
    "name": "Bestellbestätigung",
    "role": "Auftragsannahme von [account]",
    "tone": "Fröhlich und genau",
    "persona": "Du willst, dass jedes Paket ankommt, wo es hin soll.",
    "greeting": "Guten Tag {name|}, hier ist die digitale Assistentin von [account] wegen Ihrer Bestellung {order|der letzten Tage}. Darf ich sie kurz mit Ihnen durchgehen?",
    "retry_greeting": "Guten Tag {name|}, hier ist noch einmal [account] wegen Ihrer Bestellung {order|der letzten Tage}. Passt es jetzt?",
    "instructions": "Gehe die Bestellung {order|der letzten Tage} mit {name|der Person} durch:\n\n1. Wird sie noch gewünscht?\n2. Stimmt {address|die Lieferadresse, die wir haben}? Wenn nicht, frage nach der richtigen und wiederhole sie.\n3. Soll der Fahrer etwas wissen?\n\nLies vor, was geändert wurde. Verkaufe nichts und nimm keine Kartennummern an. Soll storniert werden, sage, dass es notiert ist.",
    "voicemail_message": "Guten Tag {name|}, hier ist [account] wegen Ihrer Bestellung. Wir versuchen es noch einmal. Auf Wiederhören.",
    "fallback_message": "Entschuldigung, können Sie das wiederholen?",
    "goodbye_message": "Danke für Ihre Bestellung. Auf Wiederhören.",
    "opt_out_sentence": "Wenn Sie keine Anrufe zu Bestellungen möchten, sagen Sie es einfach.",
    "extraction": [
      {"name": "order_status", "type": "choice", "description": "Wie hat sich die Person entschieden?", "choices": ["bestätigt", "geändert", "storniert", "unklar"]},
      {"name": "new_address", "type": "text", "description": "Welche andere Lieferadresse wurde genannt?", "choices": []},
      {"name": "delivery_note", "type": "text", "description": "Was soll der Fahrer wissen?", "choices": []}
    ],
    "success_criterion": "Die Person hat die Bestellung bestätigt, mit oder ohne Änderung."
  }$json$),
  ('order-confirmation-es', 'order_confirmation', 'es', 5, $json${
    "voice_id": "elvira",
    "temperature_percent": 20,
    "maximum_seconds": 180,
    "name": "Confirmación de pedido",
    "role": "Pedidos de [account]",
    "tone": "Alegre y exacta",
    "persona": "Quieres que cada paquete llegue a donde debe.",
    "greeting": "Hola {name|}, le habla la asistente virtual de [account] por su pedido {order|de estos días}. ¿Puedo revisarlo con usted?",
    "retry_greeting": "Hola {name|}, somos [account] otra vez por su pedido {order|de estos días}. ¿Podemos revisarlo ahora?",
    "instructions": "Revisa el pedido {order|de estos días} con {name|la persona}:\n\n1. ¿Todavía lo quiere?\n2. ¿Es correcta {address|la dirección de entrega que tenemos}? Si no, pide la correcta y repítela.\n3. ¿Debe saber algo el repartidor?\n\nLee lo que cambió. No vendas nada ni aceptes números de tarjeta. Si se cancela, di que queda anotado.",
    "voicemail_message": "Hola {name|}, le llamamos de [account] por su pedido. Lo intentaremos otra vez. Hasta luego.",
    "fallback_message": "Perdone, ¿puede repetirlo?",
    "goodbye_message": "Gracias por su pedido. Hasta luego.",
    "opt_out_sentence": "Si no desea llamadas sobre sus pedidos, dígalo.",
    "extraction": [
      {"name": "order_status", "type": "choice", "description": "¿Qué decidió la persona?", "choices": ["confirmado", "cambiado", "cancelado", "sin aclarar"]},
      {"name": "new_address", "type": "text", "description": "¿Qué otra dirección de entrega dio?", "choices": []},
      {"name": "delivery_note", "type": "text", "description": "¿Qué debe saber el repartidor?", "choices": []}
    ],
    "success_criterion": "La persona confirmó el pedido, con o sin cambios."
  }$json$),
  ('event-invitation-en', 'event_invitation', 'en', 6, $json${
    "voice_id": "savannah",
    "temperature_percent": 40,
    "maximum_seconds": 240,
    "name": "Event invitation",
    "role": "Host of the events of [account]",
    "tone": "Inviting and light",
    "persona": "You look forward to the event and are glad about every answer, a no as well.",
    "greeting": "Hello {name|there}, this is the virtual assistant of [account]. We would like to invite you to {event|our next event}. May I tell you about it?",
    "retry_greeting": "Hello {name|there}, [account] again with the invitation to {event|our next event}. Do you have a minute now?",
    "instructions": "Invite {name|the person} to {event|our next event} on {date|the date in the invitation}. Say in two sentences what it is about, then ask whether they will come and how many people they bring.\n\nIf yes: ask by which e-mail the details should be sent, we have {email|none}. If they do not know yet: ask when you may call again. Say nothing about the event that you do not know.",
    "voicemail_message": "Hello {name|there}, this is [account]. We would like to invite you to {event|our next event}. You will find the details in our e-mail. Goodbye.",
    "fallback_message": "Sorry, I did not hear you. Would you like to come?",
    "goodbye_message": "Thank you, and see you perhaps. Goodbye.",
    "opt_out_sentence": "If you do not want invitations by telephone, just tell me.",
    "extraction": [
      {"name": "will_come", "type": "choice", "description": "Will the person come?", "choices": ["yes", "no", "maybe"]},
      {"name": "guests", "type": "number", "description": "How many people come, the person included?", "choices": []},
      {"name": "email", "type": "text", "description": "To which e-mail should the details be sent?", "choices": []}
    ],
    "success_criterion": "The person said that they will come."
  }$json$),
  ('event-invitation-de', 'event_invitation', 'de', 6, $json${
    "voice_id": "katja",
    "temperature_percent": 40,
    "maximum_seconds": 240,
    "name": "Einladung",
    "role": "Gastgeberin der Veranstaltungen von [account]",
    "tone": "Einladend und leicht",
    "persona": "Du freust dich auf die Veranstaltung und über jede Antwort, auch über ein Nein.",
    "greeting": "Guten Tag {name|}, hier ist die digitale Assistentin von [account]. Wir möchten Sie gern zu {event|unserer nächsten Veranstaltung} einladen. Darf ich Ihnen davon erzählen?",
    "retry_greeting": "Guten Tag {name|}, hier ist noch einmal [account] mit der Einladung zu {event|unserer nächsten Veranstaltung}. Haben Sie jetzt eine Minute?",
    "instructions": "Lade {name|die Person} zu {event|unserer nächsten Veranstaltung} am {date|Tag, der in der Einladung steht,} ein. Sage in zwei Sätzen, worum es geht, und frage dann, ob sie kommt und wie viele Personen sie mitbringt.\n\nWenn ja: frage, an welche E-Mail die Einzelheiten gehen sollen, wir haben {email|keine}. Wenn sie es noch nicht weiß: frage, wann du wieder anrufen darfst. Sage nichts über die Veranstaltung, was du nicht weißt.",
    "voicemail_message": "Guten Tag {name|}, hier ist [account]. Wir möchten Sie zu {event|unserer nächsten Veranstaltung} einladen. Die Einzelheiten stehen in unserer E-Mail. Auf Wiederhören.",
    "fallback_message": "Entschuldigung, ich habe Sie nicht gehört. Möchten Sie kommen?",
    "goodbye_message": "Vielen Dank, vielleicht bis bald. Auf Wiederhören.",
    "opt_out_sentence": "Wenn Sie keine Einladungen per Telefon möchten, sagen Sie es mir einfach.",
    "extraction": [
      {"name": "will_come", "type": "choice", "description": "Kommt die Person?", "choices": ["ja", "nein", "vielleicht"]},
      {"name": "guests", "type": "number", "description": "Wie viele Personen kommen, sie selbst mitgezählt?", "choices": []},
      {"name": "email", "type": "text", "description": "An welche E-Mail sollen die Einzelheiten gehen?", "choices": []}
    ],
    "success_criterion": "Die Person hat gesagt, dass sie kommt."
  }$json$),
  ('event-invitation-es', 'event_invitation', 'es', 6, $json${
    "voice_id": "dalia",
    "temperature_percent": 40,
    "maximum_seconds": 240,
    "name": "Invitación a un evento",
    "role": "Anfitriona de los eventos de [account]",
    "tone": "Acogedora y ligera",
    "persona": "Te hace ilusión el evento y agradeces cada respuesta, también un no.",
    "greeting": "Hola {name|}, le habla la asistente virtual de [account]. Queremos invitarle a {event|nuestro próximo evento}. ¿Puedo contarle de qué se trata?",
    "retry_greeting": "Hola {name|}, somos [account] otra vez con la invitación a {event|nuestro próximo evento}. ¿Tiene ahora un minuto?",
    "instructions": "Invita a {name|la persona} a {event|nuestro próximo evento} el {date|día que figura en la invitación}. Di en dos frases de qué se trata y pregunta si vendrá y con cuántas personas.\n\nSi viene: pregunta a qué correo enviar los detalles, tenemos {email|ninguno}. Si aún no lo sabe: pregunta cuándo puedes volver a llamar. No digas nada del evento que no sepas.",
    "voicemail_message": "Hola {name|}, le llamamos de [account]. Queremos invitarle a {event|nuestro próximo evento}. Encontrará los detalles en nuestro correo. Hasta luego.",
    "fallback_message": "Perdone, no le he oído. ¿Le gustaría venir?",
    "goodbye_message": "Gracias, y ojalá hasta pronto.",
    "opt_out_sentence": "Si no desea invitaciones por teléfono, dígamelo.",
    "extraction": [
      {"name": "will_come", "type": "choice", "description": "¿Vendrá la persona?", "choices": ["sí", "no", "quizás"]},
      {"name": "guests", "type": "number", "description": "¿Cuántas personas vienen, contándola a ella?", "choices": []},
      {"name": "email", "type": "text", "description": "¿A qué correo enviar los detalles?", "choices": []}
    ],
    "success_criterion": "La persona dijo que vendrá."
  }$json$)
on conflict (id) do nothing;

-- One platform number and line. A hosted installation gives provider_ref its own VAPI phone number id.
insert into public.phone_numbers (account_id, e164, label, provider, provider_ref)
values (null, '+12025550100', 'Platform number', 'vapi', '00000000-0000-4000-8000-000000000100')
on conflict do nothing;
insert into engine.provider_lines (phone_number_id, concurrency_max, calls_per_second, tokens)
select n.id, 10, 1, 10 from public.phone_numbers n
where n.provider_ref = '00000000-0000-4000-8000-000000000100' and not exists (select from engine.provider_lines l where l.phone_number_id = n.id);

-- Calling rules (supabase/migrations/…_rules.sql says what the columns mean). Not legal advice. What comes from a secondary
-- source is not verified and stays off until an operator has read the law. Packs that are off wait for whom they concern.
insert into public.rule_packs (id, name, regions, is_on) values
  ('us-federal', 'United States', '{US}', true),
  ('us-fl', 'Florida', '{US-FL}', true), ('us-ok', 'Oklahoma', '{US-OK}', true), ('us-md', 'Maryland', '{US-MD}', true), ('us-tx', 'Texas', '{US-TX}', true),
  ('us-wa', 'Washington', '{US-WA}', true), ('us-wy', 'Wyoming', '{US-WY}', true), ('us-ky', 'Kentucky', '{US-KY}', true),
  ('us-me', 'Maine', '{US-ME}', true), ('us-pa', 'Pennsylvania', '{US-PA}', true),
  ('us-recording', 'States in which everybody must agree to a recording', '{US-CA,US-FL,US-IL,US-MA,US-MD,US-MT,US-NH,US-PA,US-WA}', true),
  ('us-debt', 'United States, debt collection', '{US}', false), ('us-exempted', 'United States, calls exempted from consent', '{US}', false),
  ('ca', 'Canada', '{CA}', true), ('eu', 'European Union', '{EU}', true), ('uk', 'United Kingdom', '{GB}', true)
on conflict (id) do nothing;

insert into public.rules (id, pack_id, kind, value, citation, effective_from, is_verified, is_on) values
  ('us-federal-hours', 'us-federal', 'hours', '{}', '47 CFR 64.1200(c)(1), 16 CFR 310.4(c)', '1995-12-31', true, true),
  ('us-federal-consent', 'us-federal', 'consent', '{"sales": "express_written", "service": "express", "survey": "express", "reminder": "express"}',
    'FCC 24-17, 47 CFR 64.1200(a)(1)-(3)', '2024-02-08', true, true),
  ('us-federal-identification', 'us-federal', 'identification', '{}', '47 CFR 64.1200(b)', '1992-12-20', true, true),
  ('us-federal-opt-out', 'us-federal', 'opt_out_sentence', '{
    "en": "If you do not want calls from us, just say so and I will take you off our list.",
    "es": "Si no desea recibir llamadas nuestras, dígalo y le quitaré de nuestra lista."}', '47 CFR 64.1200(a)(7), (b)', '2013-01-14', true, true),
  ('us-fl-hours', 'us-fl', 'hours', '{}', 'Florida Telephone Solicitation Act, Fla. Stat. 501.616(6)', '2021-07-01', true, true),
  ('us-fl-frequency', 'us-fl', 'frequency', '{"max_calls": 3, "per_hours": 24}',
    'Florida Telephone Solicitation Act, Fla. Stat. 501.616(6)', '2021-07-01', true, true),
  ('us-ok-hours', 'us-ok', 'hours', '{}', 'Oklahoma Telephone Solicitation Act of 2022, 15 O.S. 775C', '2022-11-01', true, true),
  ('us-ok-frequency', 'us-ok', 'frequency', '{"max_calls": 3, "per_hours": 24}',
    'Oklahoma Telephone Solicitation Act of 2022, 15 O.S. 775C', '2022-11-01', true, true),
  ('us-md-hours', 'us-md', 'hours', '{}', 'Maryland Stop the Spam Calls Act of 2023', '2024-01-01', true, true),
  ('us-md-frequency', 'us-md', 'frequency', '{"max_calls": 3, "per_hours": 24}', 'Maryland Stop the Spam Calls Act of 2023', '2024-01-01', true, true),
  ('us-tx-hours', 'us-tx', 'hours', '{}', 'Tex. Bus. & Com. Code 301.051', '2009-04-01', true, true),
  ('us-wa-hours', 'us-wa', 'hours', '{}', 'State law of Washington (secondary source)', '2022-06-09', false, false),
  ('us-wy-hours', 'us-wy', 'hours', '{}', 'State law of Wyoming (secondary source)', '2026-01-01', false, false),
  ('us-ky-hours', 'us-ky', 'hours', '{}', 'State law of Kentucky (secondary source)', '2026-01-01', false, false),
  ('us-me-hours', 'us-me', 'hours', '{}', 'State law of Maine on automated calls (secondary source)', '2026-01-01', false, false),
  ('us-pa-hours', 'us-pa', 'hours', '{}', 'State law of Pennsylvania, no Sundays (secondary source)', '2026-10-18', false, false),
  ('us-recording-consent', 'us-recording', 'recording', '{"consent": "all"}', 'Laws of these states (secondary source)', '2026-01-01', false, false),
  ('us-debt-frequency', 'us-debt', 'frequency', '{"max_calls": 7, "per_hours": 168}', '12 CFR 1006.14(b)(2)', '2021-11-30', true, true),
  ('us-exempted-frequency', 'us-exempted', 'frequency', '{"max_calls": 3, "per_hours": 720}', '47 CFR 64.1200(a)(9)', '2023-07-20', true, true),
  ('ca-hours', 'ca', 'hours', '{}', 'CRTC Unsolicited Telecommunications Rules, part III', '2008-09-30', true, true),
  ('ca-consent', 'ca', 'consent', '{"sales": "express"}', 'CRTC Unsolicited Telecommunications Rules, part IV', '2008-09-30', true, true),
  ('ca-identification', 'ca', 'identification', '{}', 'CRTC Unsolicited Telecommunications Rules, part IV', '2008-09-30', true, true),
  ('eu-ai-disclosure', 'eu', 'ai_disclosure', '{
    "en": "I am an AI assistant, not a person.",
    "de": "Ich bin ein KI-Assistent, kein Mensch.",
    "fr": "Je suis un assistant IA, pas une personne.",
    "es": "Soy un asistente de inteligencia artificial, no una persona.",
    "it": "Sono un assistente di intelligenza artificiale, non una persona.",
    "nl": "Ik ben een AI-assistent, geen mens.",
    "pl": "Jestem asystentem AI, nie człowiekiem.",
    "pt": "Sou um assistente de IA, não uma pessoa."}', 'Regulation (EU) 2024/1689 (AI Act) art. 50', '2026-08-02', true, true),
  ('eu-identification', 'eu', 'identification', '{}', 'Directive 2011/83/EU art. 8(5)', '2014-06-13', true, true),
  ('eu-consent', 'eu', 'consent', '{"sales": "express"}',
    'Directive 2002/58/EC art. 13(1), as each state has put it into law (secondary source)', '2003-10-31', false, false),
  ('uk-consent', 'uk', 'consent', '{"sales": "express"}', 'PECR reg. 19', '2003-12-11', true, true),
  ('uk-identification', 'uk', 'identification', '{}', 'PECR reg. 24', '2003-12-11', true, true)
on conflict (id) do nothing;

insert into public.rule_hours (rule_id, weekday, opens_at, closes_at)
select h.rule_id, d.weekday, h.opens_at::time, h.closes_at::time
from (values ('us-federal-hours', '{1,2,3,4,5,6,7}', '08:00', '21:00'), ('us-fl-hours', '{1,2,3,4,5,6,7}', '08:00', '20:00'),
  ('us-ok-hours', '{1,2,3,4,5,6,7}', '08:00', '20:00'), ('us-md-hours', '{1,2,3,4,5,6,7}', '08:00', '20:00'),
  ('us-tx-hours', '{1,2,3,4,5,6}', '09:00', '21:00'), ('us-tx-hours', '{7}', '12:00', '21:00'),
  ('us-wa-hours', '{1,2,3,4,5,6,7}', '08:00', '20:00'), ('us-wy-hours', '{1,2,3,4,5,6,7}', '08:00', '20:00'),
  ('us-ky-hours', '{1,2,3,4,5,6,7}', '10:00', '21:00'), ('us-me-hours', '{1,2,3,4,5}', '09:00', '17:00'),
  ('us-pa-hours', '{1,2,3,4,5,6}', '08:00', '21:00'),
  ('ca-hours', '{1,2,3,4,5}', '09:00', '21:30'), ('ca-hours', '{6,7}', '10:00', '18:00')) h (rule_id, weekdays, opens_at, closes_at)
cross join unnest(h.weekdays::smallint[]) d (weekday)
on conflict do nothing;

-- Public holidays of eleven years: on a fixed day, on the nth Monday (or Thursday) of a month, or moving with Easter.
insert into public.holidays (region, day, name)
select f.region, make_date(y.year, f.month, f.day), f.name
from generate_series(2026, 2036) y (year)
cross join (values ('US', 1, 1, 'New Year''s Day'), ('US', 6, 19, 'Juneteenth'), ('US', 7, 4, 'Independence Day'), ('US', 11, 11, 'Veterans Day'),
  ('US', 12, 25, 'Christmas Day'), ('CA', 1, 1, 'New Year''s Day'), ('CA', 7, 1, 'Canada Day'), ('CA', 9, 30, 'National Day for Truth and Reconciliation'),
  ('CA', 11, 11, 'Remembrance Day'), ('CA', 12, 25, 'Christmas Day'), ('CA', 12, 26, 'Boxing Day')) f (region, month, day, name)
union all
-- The first such weekday on or after a day of the month: the third Monday is the first from the 15th on.
select n.region, first.day + (n.weekday - extract(isodow from first.day)::int + 7) % 7, n.name
from generate_series(2026, 2036) y (year)
cross join (values ('US', 1, 15, 1, 'Martin Luther King Jr. Day'), ('US', 2, 15, 1, 'Washington''s Birthday'), ('US', 5, 25, 1, 'Memorial Day'),
  ('US', 9, 1, 1, 'Labor Day'), ('US', 10, 8, 1, 'Columbus Day'), ('US', 11, 22, 4, 'Thanksgiving Day'),
  ('CA', 5, 18, 1, 'Victoria Day'), ('CA', 9, 1, 1, 'Labour Day'), ('CA', 10, 8, 1, 'Thanksgiving')) n (region, month, from_day, weekday, name)
cross join lateral (select make_date(y.year, n.month, n.from_day) as day) first
union all
select 'CA', d::date, 'Good Friday' from unnest('{2026-04-03,2027-03-26,2028-04-14,2029-03-30,2030-04-19,2031-04-11,2032-03-26,2033-04-15,2034-04-07,
  2035-03-23,2036-04-11}'::date[]) d
on conflict do nothing;

-- Which region a number calls. North American area codes by state and province; one that is not listed (a new overlay, a
-- toll-free number) counts as the United States'. Then the other countries.
insert into public.number_regions (prefix, region)
select p, r.region from (values
  ('US-AL', '{1205,1251,1256,1334,1659,1938}'), ('US-AK', '{1907}'), ('US-AZ', '{1480,1520,1602,1623,1928}'), ('US-AR', '{1327,1479,1501,1870}'),
  ('US-CA', '{1209,1213,1279,1310,1323,1341,1350,1357,1369,1408,1415,1424,1442,1510,1530,1559,1562,1619,1626,1628,1650,1657}'),
  ('US-CA', '{1661,1669,1707,1714,1738,1747,1760,1805,1818,1820,1831,1837,1840,1858,1909,1916,1925,1949,1951}'),
  ('US-CO', '{1303,1719,1720,1748,1970,1983}'), ('US-CT', '{1203,1475,1860,1959}'), ('US-DE', '{1302}'), ('US-DC', '{1202,1771}'),
  ('US-FL', '{1239,1305,1321,1324,1352,1386,1407,1448,1561,1645,1656,1689,1727,1728,1754,1772,1786,1813,1850,1863,1904,1941}'), ('US-FL', '{1954}'),
  ('US-GA', '{1229,1404,1470,1478,1678,1706,1762,1770,1912,1943}'), ('US-HI', '{1808}'), ('US-ID', '{1208,1986}'),
  ('US-IL', '{1217,1224,1309,1312,1331,1447,1464,1618,1630,1708,1730,1773,1779,1815,1847,1861,1872}'),
  ('US-IN', '{1219,1260,1317,1463,1574,1765,1812,1930}'), ('US-IA', '{1319,1515,1563,1641,1712}'), ('US-KS', '{1316,1620,1785,1913}'),
  ('US-KY', '{1270,1364,1502,1606,1859}'), ('US-LA', '{1225,1318,1337,1457,1504,1985}'), ('US-ME', '{1207}'),
  ('US-MD', '{1227,1240,1301,1410,1443,1667}'), ('US-MA', '{1339,1351,1413,1508,1617,1774,1781,1857,1978}'),
  ('US-MI', '{1231,1248,1269,1313,1517,1586,1616,1679,1734,1810,1906,1947,1989}'), ('US-MN', '{1218,1320,1507,1612,1651,1763,1924,1952}'),
  ('US-MS', '{1228,1471,1601,1662,1769}'), ('US-MO', '{1235,1314,1417,1557,1573,1636,1660,1816,1975}'), ('US-MT', '{1406}'),
  ('US-NE', '{1308,1402,1531}'), ('US-NV', '{1702,1725,1775}'), ('US-NH', '{1603}'), ('US-NJ', '{1201,1551,1609,1640,1732,1848,1856,1862,1908,1973}'),
  ('US-NM', '{1505,1575}'), ('US-NY', '{1212,1315,1329,1332,1347,1363,1465,1516,1518,1585,1607,1624,1631,1646,1680,1716,1718,1838,1845,1914,1917,1929}'),
  ('US-NY', '{1934}'), ('US-NC', '{1252,1336,1472,1704,1743,1828,1910,1919,1980,1984}'), ('US-ND', '{1701}'),
  ('US-OH', '{1216,1220,1234,1283,1326,1330,1380,1419,1436,1440,1513,1567,1614,1740,1937}'), ('US-OK', '{1405,1539,1572,1580,1918}'),
  ('US-OR', '{1458,1503,1541,1971}'), ('US-PA', '{1215,1223,1267,1272,1412,1445,1484,1570,1582,1610,1717,1724,1814,1835,1878}'), ('US-RI', '{1401}'),
  ('US-SC', '{1803,1821,1839,1843,1854,1864}'), ('US-SD', '{1605}'), ('US-TN', '{1423,1615,1629,1731,1865,1901,1931}'),
  ('US-TX', '{1210,1214,1254,1281,1325,1346,1361,1409,1430,1432,1469,1512,1621,1682,1713,1726,1737,1806,1817,1830,1832,1903}'),
  ('US-TX', '{1915,1936,1940,1945,1956,1972,1979}'), ('US-UT', '{1385,1435,1801}'), ('US-VT', '{1802}'),
  ('US-VA', '{1276,1434,1540,1571,1686,1703,1757,1804,1826,1948}'), ('US-WA', '{1206,1253,1360,1425,1509,1564}'), ('US-WV', '{1304,1681}'),
  ('US-WI', '{1262,1274,1353,1414,1534,1608,1715,1920}'), ('US-WY', '{1307}'), ('US-PR', '{1787,1939}'), ('US-VI', '{1340}'), ('US-GU', '{1671}'),
  ('US-MP', '{1670}'), ('US-AS', '{1684}'), ('CA-AB', '{1368,1403,1587,1780,1825}'), ('CA-BC', '{1236,1250,1257,1604,1672,1778}'),
  ('CA-MB', '{1204,1431,1584}'), ('CA-NB', '{1428,1506}'), ('CA-NL', '{1709,1879}'),
  ('CA-ON', '{1226,1249,1289,1343,1365,1382,1387,1416,1437,1519,1548,1613,1647,1683,1705,1742,1753,1807,1905,1942}'),
  ('CA-QC', '{1263,1273,1354,1367,1418,1438,1450,1468,1514,1579,1581,1819,1873}'), ('CA-SK', '{1306,1474,1639}'),
  ('CA', '{1600,1622,1633,1644,1655,1677,1688,1782,1867,1902}'), ('BS', '{1242}'), ('BB', '{1246}'), ('AI', '{1264}'), ('AG', '{1268}'),
  ('VG', '{1284}'), ('KY', '{1345}'), ('BM', '{1441}'), ('GD', '{1473}'), ('TC', '{1649}'), ('JM', '{1658,1876}'), ('MS', '{1664}'), ('SX', '{1721}'),
  ('LC', '{1758}'), ('DM', '{1767}'), ('VC', '{1784}'), ('DO', '{1809,1829,1849}'), ('TT', '{1868}'), ('KN', '{1869}'), ('US', '{1}'), ('EG', '{20}'),
  ('SS', '{211}'), ('MA', '{212}'), ('EH', '{2125288,2125289}'), ('DZ', '{213}'), ('TN', '{216}'), ('LY', '{218}'), ('GM', '{220}'), ('SN', '{221}'),
  ('MR', '{222}'), ('ML', '{223}'), ('GN', '{224}'), ('CI', '{225}'), ('BF', '{226}'), ('NE', '{227}'), ('TG', '{228}'), ('BJ', '{229}'),
  ('MU', '{230}'), ('LR', '{231}'), ('SL', '{232}'), ('GH', '{233}'), ('NG', '{234}'), ('TD', '{235}'), ('CF', '{236}'), ('CM', '{237}'),
  ('CV', '{238}'), ('ST', '{239}'), ('GQ', '{240}'), ('GA', '{241}'), ('CG', '{242}'), ('CD', '{243}'), ('AO', '{244}'), ('GW', '{245}'),
  ('IO', '{246}'), ('AC', '{247}'), ('SC', '{248}'), ('SD', '{249}'), ('RW', '{250}'), ('ET', '{251}'), ('SO', '{252}'), ('DJ', '{253}'),
  ('KE', '{254}'), ('TZ', '{255}'), ('UG', '{256}'), ('BI', '{257}'), ('MZ', '{258}'), ('ZM', '{260}'), ('MG', '{261}'), ('RE', '{262}'),
  ('YT', '{262269,262639}'), ('ZW', '{263}'), ('NA', '{264}'), ('MW', '{265}'), ('LS', '{266}'), ('BW', '{267}'), ('SZ', '{268}'), ('KM', '{269}'),
  ('ZA', '{27}'), ('SH', '{290}'), ('TA', '{2908}'), ('ER', '{291}'), ('AW', '{297}'), ('FO', '{298}'), ('GL', '{299}'), ('GR', '{30}'), ('NL', '{31}'),
  ('BE', '{32}'), ('FR', '{33}'), ('ES', '{34}'), ('GI', '{350}'), ('PT', '{351}'), ('LU', '{352}'), ('IE', '{353}'), ('IS', '{354}'), ('AL', '{355}'),
  ('MT', '{356}'), ('CY', '{357}'), ('FI', '{358}'), ('AX', '{35818}'), ('BG', '{359}'), ('HU', '{36}'), ('LT', '{370}'), ('LV', '{371}'),
  ('EE', '{372}'), ('MD', '{373}'), ('AM', '{374}'), ('BY', '{375}'), ('AD', '{376}'), ('MC', '{377}'), ('SM', '{378}'), ('UA', '{380}'),
  ('RS', '{381}'), ('ME', '{382}'), ('XK', '{383}'), ('HR', '{385}'), ('SI', '{386}'), ('BA', '{387}'), ('MK', '{389}'), ('IT', '{39}'),
  ('VA', '{3906698}'), ('RO', '{40}'), ('CH', '{41}'), ('CZ', '{420}'), ('SK', '{421}'), ('LI', '{423}'), ('AT', '{43}'), ('GB', '{44}'),
  ('GG', '{441481,447781,447839,447911}'), ('JE', '{441534,447509,447700,447797,447829,447937}'), ('IM', '{441624,447524,447624,447924}'),
  ('DK', '{45}'), ('SE', '{46}'), ('NO', '{47}'), ('SJ', '{4779}'), ('PL', '{48}'), ('DE', '{49}'), ('FK', '{500}'), ('BZ', '{501}'), ('GT', '{502}'),
  ('SV', '{503}'), ('HN', '{504}'), ('NI', '{505}'), ('CR', '{506}'), ('PA', '{507}'), ('PM', '{508}'), ('HT', '{509}'), ('PE', '{51}'), ('MX', '{52}'),
  ('CU', '{53}'), ('AR', '{54}'), ('BR', '{55}'), ('CL', '{56}'), ('CO', '{57}'), ('VE', '{58}'), ('GP', '{590}'), ('BO', '{591}'), ('GY', '{592}'),
  ('EC', '{593}'), ('GF', '{594}'), ('PY', '{595}'), ('MQ', '{596}'), ('SR', '{597}'), ('UY', '{598}'), ('CW', '{599}'), ('BQ', '{5993,5994,5997}'),
  ('MY', '{60}'), ('AU', '{61}'), ('CC', '{6189162}'), ('CX', '{6189164}'), ('ID', '{62}'), ('PH', '{63}'), ('NZ', '{64}'), ('SG', '{65}'),
  ('TH', '{66}'), ('TL', '{670}'), ('NF', '{672}'), ('BN', '{673}'), ('NR', '{674}'), ('PG', '{675}'), ('TO', '{676}'), ('SB', '{677}'), ('VU', '{678}'),
  ('FJ', '{679}'), ('PW', '{680}'), ('WF', '{681}'), ('CK', '{682}'), ('NU', '{683}'), ('WS', '{685}'), ('KI', '{686}'), ('NC', '{687}'),
  ('TV', '{688}'), ('PF', '{689}'), ('TK', '{690}'), ('FM', '{691}'), ('MH', '{692}'), ('RU', '{7}'), ('KZ', '{76,77}'), ('JP', '{81}'), ('KR', '{82}'),
  ('VN', '{84}'), ('KP', '{850}'), ('HK', '{852}'), ('MO', '{853}'), ('KH', '{855}'), ('LA', '{856}'), ('CN', '{86}'), ('BD', '{880}'), ('TW', '{886}'),
  ('TR', '{90}'), ('IN', '{91}'), ('PK', '{92}'), ('AF', '{93}'), ('LK', '{94}'), ('MM', '{95}'), ('MV', '{960}'), ('LB', '{961}'), ('JO', '{962}'),
  ('SY', '{963}'), ('IQ', '{964}'), ('KW', '{965}'), ('SA', '{966}'), ('YE', '{967}'), ('OM', '{968}'), ('PS', '{970}'), ('AE', '{971}'),
  ('IL', '{972}'), ('BH', '{973}'), ('QA', '{974}'), ('BT', '{975}'), ('MN', '{976}'), ('NP', '{977}'), ('IR', '{98}'), ('TJ', '{992}'), ('TM', '{993}'),
  ('AZ', '{994}'), ('GE', '{995}'), ('KG', '{996}'), ('UZ', '{998}')) r (region, prefixes)
cross join unnest(r.prefixes::text[]) p
on conflict do nothing;
