-- Recording and revoking consent, overriding the gate for a campaign, and what that does to whoever waits.

-- What is wrong with an agreement that somebody writes down, {field, code, message}; null when nothing is. zone: of the account.
create function private.consent_fault(content jsonb, zone text) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  known text[] := enum_range(null::public.campaign_purpose)::text[];
  fault text[];
begin
  fault := case
    when jsonb_typeof(content) is distinct from 'object' then array['consent', 'shape', 'The consent is not readable.']
    when not coalesce(content ->> 'basis', '') = any(enum_range(null::public.consent_basis)::text[]) then array['basis', 'unknown', 'Choose how firmly the person agreed.']
    when jsonb_typeof(content -> 'purposes') is distinct from 'array' or jsonb_array_length(content -> 'purposes') = 0
      or exists (select from jsonb_array_elements_text(content -> 'purposes') p where p is null or not p = any(known))
      then array['purposes', 'unknown', 'Choose at least one thing the person agreed to be called for.']
    when not coalesce(content ->> 'channel', '') = any(enum_range(null::public.consent_channel)::text[]) then array['channel', 'unknown', 'Choose how the person agreed.']
    when content ->> 'given_at' is not null and private.chosen_instant(content ->> 'given_at', zone) is null then array['given_at', 'shape', 'Choose a day and a time.']
    when private.chosen_instant(content ->> 'given_at', zone) > private.now() + interval '1 minute' then array['given_at', 'future', 'Nobody has agreed in the future.']
    when char_length(content ->> 'text_shown') > 4000 then array['text_shown', 'length', 'Write at most 4,000 characters.']
    when char_length(content ->> 'evidence') > 500 then array['evidence', 'length', 'Write at most 500 characters.'] end;
  return jsonb_build_object('field', fault[1], 'code', fault[2], 'message', fault[3]) where fault is not null;
end $$;

-- An agreement without fault as it is kept: {basis, purposes, channel, given_at, text_shown, evidence}. given_at is an instant, or a
-- local time of the account; left out it is now.
create function private.kept_consent(content jsonb, zone text) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  moment timestamptz := private.now();
begin
  return jsonb_build_object('basis', content ->> 'basis', 'channel', content ->> 'channel',
    'given_at', least(coalesce(private.chosen_instant(content ->> 'given_at', zone), moment), moment),
    'purposes', (select jsonb_agg(p order by p::public.campaign_purpose) from (select distinct x from jsonb_array_elements_text(content -> 'purposes') x) d (p)),
    'text_shown', coalesce(private.clean_text(content ->> 'text_shown'), ''), 'evidence', coalesce(private.clean_text(content ->> 'evidence'), ''));
end $$;

-- The same of one agreement, whose fault is told to whoever wrote it down.
create function private.read_consent(account_id uuid, content jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  zone text := (select a.time_zone from public.accounts a where a.id = read_consent.account_id);
  fault jsonb := private.consent_fault(content, zone);
begin
  if fault is not null then
    perform private.raise_invalid(fault ->> 'field', fault ->> 'code', fault ->> 'message');
  end if;
  return private.kept_consent(content, zone);
end $$;

-- Writes one record per agreement ([{contact_id, …}], as kept_consent gives them) and lets those begin to wait who lacked it. Somebody
-- who withdrew later than they are said to have agreed is left out: an old list must not undo a revocation. The caller holds the
-- account's lock and has checked the content.
create function private.write_agreements(account_id uuid, agreements jsonb, import_id uuid) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  agreed public.consents[] := array(select a from jsonb_populate_recordset(null::public.consents, write_agreements.agreements) a
    join public.contacts p on p.id = a.contact_id and p.account_id = write_agreements.account_id and p.erased_at is null order by a.contact_id);
  withdrawn uuid[];
  recorded int;
begin
  withdrawn := array(
    select distinct c.contact_id from unnest(agreed) a join public.consents c on c.contact_id = a.contact_id
    where c.revoked_at >= a.given_at and c.purposes && a.purposes);
  insert into public.consents (account_id, contact_id, basis, purposes, channel, text_shown, evidence, given_at, import_id, recorded_by)
  select write_agreements.account_id, a.contact_id, a.basis, a.purposes, a.channel, a.text_shown, a.evidence, a.given_at, write_agreements.import_id, auth.uid()
  from unnest(agreed) a where not a.contact_id = any(withdrawn) order by a.contact_id
  on conflict on constraint an_agreement_is_recorded_once do nothing;
  get diagnostics recorded = row_count;
  perform private.judge_contacts(write_agreements.account_id, array(select a.contact_id from unnest(agreed) a))
  where cardinality(agreed) > 0;
  return jsonb_build_object('recorded', recorded, 'withdrawn', cardinality(withdrawn), 'found', cardinality(agreed));
end $$;

-- The same agreement of many.
create function private.write_consents(account_id uuid, contact_ids uuid[], consent jsonb, import_id uuid default null) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  answer jsonb := private.write_agreements(write_consents.account_id, (select coalesce(jsonb_agg(write_consents.consent || jsonb_build_object('contact_id', i.id)), '[]')
    from (select distinct x from unnest(write_consents.contact_ids) x) i (id)), write_consents.import_id);
begin
  return jsonb_build_object('recorded', answer -> 'recorded', 'withdrawn', answer -> 'withdrawn',
    'already', (answer ->> 'found')::int - (answer ->> 'withdrawn')::int - (answer ->> 'recorded')::int,
    'missing', (select count(distinct x) from unnest(write_consents.contact_ids) x) - (answer ->> 'found')::int);
end $$;

-- Records the same agreement of at most 1,000 contacts. Answers how many records are new, were there already, were left out
-- because the person withdrew since, or name no contact of the account. Again records nothing new.
create function private.record_consents(account_id uuid, contact_ids uuid[], consent jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  answer jsonb;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(record_consents.account_id, 'contacts.edit');
  if cardinality(record_consents.contact_ids) > 1000 then
    perform private.raise_error('too_large', 'Record the consent of at most 1,000 contacts at a time.');
  end if;
  consent := private.read_consent(record_consents.account_id, consent);
  perform private.lock_account(record_consents.account_id);
  answer := private.write_consents(record_consents.account_id, record_consents.contact_ids, consent);
  perform private.log_activity(record_consents.account_id, 'consent.recorded', 'contact',
    case when cardinality(record_consents.contact_ids) = 1 then record_consents.contact_ids[1] end,
    answer || jsonb_build_object('basis', consent -> 'basis', 'purposes', consent -> 'purposes'));
  return private.announce(answer);
end $$;
grant execute on function private.record_consents(uuid, uuid[], jsonb) to authenticated;
create function public.record_consents(account_id uuid, contact_ids uuid[], consent jsonb) returns jsonb
language sql set search_path = ''
return private.record_consents(record_consents.account_id, record_consents.contact_ids, record_consents.consent);
grant execute on function public.record_consents(uuid, uuid[], jsonb) to authenticated;

-- The person withdrew: whoever waits in a campaign that needs this record waits no more, reserved calls are voided, all in one
-- transaction. A call that was begun before goes on. Again answers what is so already.
create function private.revoke_consent(consent_id uuid, reason text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; the permission is checked here.
  agreement public.consents := (select c from public.consents c where c.id = revoke_consent.consent_id);
  words text := left(private.clean_text(revoke_consent.reason), 500);
begin
  perform private.require_permission(agreement.account_id, 'contacts.edit');
  if words is null then
    perform private.raise_invalid('reason', 'required', 'Say why this consent no longer holds.');
  end if;
  perform private.lock_account(agreement.account_id);
  -- A dial that began before has committed then, and the revocation says a later time than the dial does.
  perform from public.calls c where c.contact_id = agreement.contact_id and c.state = 'reserved' and c.settled_at is null order by c.id for update;
  update public.consents c set revoked_at = private.now(), revoked_by = auth.uid(), revoke_reason = words
  where c.id = agreement.id and c.revoked_at is null;
  if found then
    perform private.log_activity(agreement.account_id, 'consent.revoked', 'contact', agreement.contact_id, jsonb_build_object('consent_id', agreement.id));
    perform private.judge_contacts(agreement.account_id, array[agreement.contact_id]);
  end if;
  return private.announce((select jsonb_build_object('consent_id', c.id, 'revoked_at', c.revoked_at) from public.consents c where c.id = agreement.id));
end $$;
grant execute on function private.revoke_consent(uuid, text) to authenticated;
create function public.revoke_consent(consent_id uuid, reason text) returns jsonb
language sql set search_path = ''
return private.revoke_consent(revoke_consent.consent_id, revoke_consent.reason);
grant execute on function public.revoke_consent(uuid, text) to authenticated;

-- An owner or admin decides that a campaign calls without the records its purpose needs, or (reason null) that it needs them
-- again. Logged, and shown on every proof. The same again changes nothing.
create function private.override_consent(campaign_id uuid, reason text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(override_consent.campaign_id, 'campaigns.override_consent');
  words text := left(private.clean_text(override_consent.reason), 500);
begin
  perform private.require_status(campaign, '{draft,scheduled,active,paused,completed}', 'changed');
  if override_consent.reason is not null and words is null then
    perform private.raise_invalid('reason', 'required', 'Say why these people may be called.');
  elsif words is distinct from campaign.consent_override_reason then
    update public.campaigns k set consent_override_reason = words, consent_override_by = case when words is not null then auth.uid() end,
      consent_override_at = case when words is not null then private.now() end
    where k.id = campaign.id;
    perform private.log_activity(campaign.account_id, case when words is null then 'campaign.consent_required' else 'campaign.consent_overridden' end,
      'campaign', campaign.id, case when words is null then '{}' else jsonb_build_object('reason', words) end);
    perform private.judge_campaign(campaign.id);
  end if;
  return private.announce((select jsonb_build_object('is_overridden', k.consent_override_at is not null, 'is_judged', h.judge_from is null)
    from public.campaigns k join engine.campaigns h on h.campaign_id = k.id where k.id = campaign.id));
end $$;
grant execute on function private.override_consent(uuid, text) to authenticated;
create function public.override_consent(campaign_id uuid, reason text) returns jsonb
language sql set search_path = ''
return private.override_consent(override_consent.campaign_id, override_consent.reason);
grant execute on function public.override_consent(uuid, text) to authenticated;
