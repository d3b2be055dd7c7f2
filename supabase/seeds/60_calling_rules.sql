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
