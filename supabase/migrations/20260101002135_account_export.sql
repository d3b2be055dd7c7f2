-- The whole of an account on its way into a file, for its owners: part by part and page by page, each row as its table has it. The engine's
-- own columns and the ids of providers stay out: whoever has the file should not be able to act in the account's name.

-- What is handed out, from where, in which order (an index's, or the account has few), without which columns, how many rows a page.
create function private.account_parts() returns table (part text, source text, keys text[], hidden text[], page_size int)
language sql immutable set search_path = ''
as $$
  values
    ('account', '(select a.*, a.id as account_id from public.accounts a)', '{id}'::text[], '{erased_name_digest,account_id}'::text[], 1),
    ('account_rules', 'public.account_rules', '{account_id}', '{}', 1), ('account_hours', 'public.account_hours', '{weekday,opens_at}', '{}', 1000),
    ('blackout_dates', 'public.blackout_dates', '{id}', '{}', 1000), ('retention_rules', 'public.retention_rules', '{kind}', '{next_at}', 10),
    ('billing_details', 'public.billing_details', '{account_id}', '{}', 1),
    ('members', '(select m.*, p.name, p.email from public.members m join public.profiles p on p.id = m.user_id)', '{user_id}', '{}', 1000),
    ('contacts', 'public.contacts', '{id}', '{search_text}', 1000), ('contact_notes', 'public.contact_notes', '{id}', '{}', 1000),
    ('tags', 'public.tags', '{id}', '{}', 1000), ('contact_tags', 'public.contact_tags', '{contact_id,tag_id}', '{}', 1000),
    ('lists', 'public.contact_lists', '{id}', '{}', 1000), ('list_members', 'public.contact_list_members', '{contact_id,list_id}', '{}', 1000),
    ('consents', 'public.consents', '{id}', '{}', 1000), ('imports', 'public.imports', '{id}', '{file_hash}', 1000),
    ('do_not_call', 'public.do_not_call', '{phone}', '{}', 1000), ('do_not_call_history', 'public.do_not_call_history', '{phone,id}', '{}', 1000),
    ('assistants', 'public.assistants', '{id}', '{}', 200), ('assistant_versions', 'public.assistant_versions', '{id}', '{}', 200),
    ('dispositions', 'public.dispositions', '{id}', '{}', 1000), ('campaigns', 'public.campaigns', '{id}', '{copying_from,copied_to}', 200),
    ('campaign_hours', 'public.campaign_windows', '{campaign_id,weekday,opens_at}', '{}', 1000), ('campaign_retries', 'public.campaign_retries', '{campaign_id,outcome}', '{}', 1000),
    ('campaign_members', 'public.campaign_members', '{campaign_id,user_id}', '{}', 1000),
    ('enrolments', 'public.enrolments', '{status,contact_id,campaign_id}', '{}', 1000), ('callbacks', 'public.callbacks', '{id}', '{}', 1000),
    ('calls', 'public.calls', '{created_at,id}', '{attempt_id,provider_line_id,provider_call_id,provider_cost_micros,lease_until,dial_at,checked_at}', 1000),
    ('transcripts', 'public.call_transcripts', '{created_at,call_id}', '{words}', 50), ('denials', 'public.dial_denials', '{phone,created_at,id}', '{}', 1000),
    ('ledger', 'public.ledger_entries', '{created_at,id}', '{}', 1000),
    ('orders', 'public.orders', '{id}', '{checkout_session_id,checkout_url,payment_intent_id,charge_id,payment_method_id,invoice_path}', 1000),
    ('activity', 'public.activity_log', '{id}', '{}', 1000),
    ('recordings', $sql$(select c.account_id, c.created_at, c.id, c.recording_path from public.calls c where c.recording_state = 'stored')$sql$, '{created_at,id}', '{account_id}', 200)
$$;

-- Rows after the cursor, in the order of the keys, without what is hidden: one statement, its names from account_parts and its values quoted.
create function private.part_rows(account_id uuid, part text, "cursor" jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  spec record := (select a from private.account_parts() a where a.part = part_rows.part);
  columns text := (select string_agg(format('x.%I', k), ', ' order by n) from unnest(spec.keys) with ordinality u (k, n));
  last_seen text := (select string_agg(format('%L', "cursor" ->> k), ', ' order by n) from unnest(spec.keys) with ordinality u (k, n));
  rows jsonb;
begin
  execute format('select coalesce(jsonb_agg(r.told order by r.place), ''[]'') from (
      select to_jsonb(x) as told, row_number() over (order by %1$s) as place from %2$s x where x.account_id = $1 %3$s order by %1$s limit $2) r',
    columns, spec.source, case when "cursor" is not null then format('and (%s) > (%s)', columns, last_seen) else '' end)
  into rows using part_rows.account_id, spec.page_size;
  return jsonb_build_object('rows', (select coalesce(jsonb_agg(r.value - spec.hidden order by r.place), '[]') from jsonb_array_elements(rows) with ordinality r (value, place)),
    'next_cursor', case when jsonb_array_length(rows) = spec.page_size then (select jsonb_object_agg(k, rows -> -1 -> k) from unnest(spec.keys) k) end);
end $$;

-- A page of one part, for owners; also of a closed account, which they may take with them before it is erased. Again with next_cursor until that
-- is null. What changes meanwhile is in the file as it was when its page was read. The first page of an export is logged.
create function private.export_account(account_id uuid, part text, "cursor" jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  -- Definer: whatever an account has, whoever may see it in the app; role and right are checked here.
  perform private.require_permission(export_account.account_id, 'account.read');
  perform private.require_owner(export_account.account_id);
  if not exists (select from private.account_parts() a where a.part = export_account.part) then
    perform private.raise_invalid('part', 'unknown', 'There is no such part.');
  elsif jsonb_typeof("cursor") is distinct from 'object' and "cursor" <> 'null' then
    perform private.raise_invalid('cursor', 'shape', 'The cursor is not readable.');
  elsif export_account.part = 'account' then
    perform private.log_activity(export_account.account_id, 'account.exported', 'account', export_account.account_id);
  end if;
  return private.part_rows(export_account.account_id, export_account.part, nullif("cursor", 'null'));
end $$;
grant execute on function private.export_account(uuid, text, jsonb) to authenticated;
create function public.export_account(account_id uuid, part text, "cursor" jsonb default null) returns jsonb
language sql set search_path = ''
return private.export_account(export_account.account_id, export_account.part, export_account."cursor");
grant execute on function public.export_account(uuid, text, jsonb) to authenticated;
