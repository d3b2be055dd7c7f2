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
