-- What has to be said before a conversation begins.

-- Who calls, for a greeting that does not say it, and that the call is recorded: in the language the assistant speaks.
create function private.caller_notice(language text, account_name text) returns text
language sql immutable set search_path = ''
return format(case split_part(lower(caller_notice.language), '-', 1) when 'de' then 'Hier ist %s.' when 'es' then 'Le llamamos de %s.'
  when 'fr' then 'Nous vous appelons de la part de %s.' else 'This is a call from %s.' end, rtrim(caller_notice.account_name, '. '));

create function private.recording_notice(language text) returns text
language sql immutable set search_path = ''
return case split_part(lower(recording_notice.language), '-', 1) when 'de' then 'Dieses Gespräch wird aufgezeichnet.'
  when 'es' then 'Esta llamada se graba.' when 'fr' then 'Cet appel est enregistré.' else 'This call is recorded.' end;

-- What has to be said at the start of a call to a region besides the greeting: {caller, ai, recording, opt_out}, empty where
-- nothing has to be said, and {records}: false where the region's rules forbid to record. The assistant's own way to opt out
-- comes before the rules'. The adapter speaks each once, in this order (business/models/opening.ts).
create function private.opening_sentences(version public.assistant_versions, account_name text, region text, moment timestamptz) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  demanded jsonb := private.disclosures(opening_sentences.region, version.language, moment);
  records boolean := version.record_calls and demanded ->> 'recording' <> 'forbidden';
begin
  return jsonb_build_object('records', records,
    'caller', case when (demanded ->> 'identification')::boolean then private.caller_notice(version.language, opening_sentences.account_name) else '' end,
    'ai', coalesce(demanded ->> 'ai_disclosure', ''), 'recording', case when records then private.recording_notice(version.language) else '' end,
    'opt_out', coalesce(private.clean_text(version.opt_out_sentence), demanded ->> 'opt_out', ''));
end $$;
