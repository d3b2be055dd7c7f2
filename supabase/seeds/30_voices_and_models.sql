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
