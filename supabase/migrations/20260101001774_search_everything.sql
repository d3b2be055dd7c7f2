-- The command menu: campaigns, contacts and assistants of an account by a few words, each only for whoever may see it.

-- One thing that was found, as every kind of it is shown: a title, what tells two of the same name apart, where it stands.
create type private.found_thing as (kind text, id uuid, title text, detail text, status text, is_archived boolean);

-- Does a name hold every word that somebody typed? The person's % and _ are letters.
create function private.has_words(name text, words text[]) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return not exists (select from unnest(words) w where position(w in lower(has_words.name)) = 0);
end $$;

-- Words as people type them, in lower case.
create function private.words_of(value text) returns text[]
language sql immutable set search_path = ''
return array(select w from regexp_split_to_table(btrim(lower(value)), '\s+') w where w <> '');

-- The newest first; whose name begins with what was typed stands before, what was put away behind.
create function private.find_campaigns(account_id uuid, words text[], ids uuid[], most int) returns setof private.found_thing
language plpgsql stable set search_path = ''
as $$
declare
  seen uuid[] := case when not find_campaigns.account_id = any(array(select private.account_ids('campaigns.read'))) then array(select private.campaign_ids('campaigns.read')) end;
  -- As has_words, without a call for each of ten thousand names.
  patterns text[] := array(select '%' || replace(replace(replace(w, '\', '\\'), '%', '\%'), '_', '\_') || '%' from unnest(words) w);
begin
  return query select 'campaign', k.id, k.name, null::text, k.status::text, k.status = 'archived'
  from public.campaigns k
  where k.account_id = find_campaigns.account_id and (find_campaigns.ids is null or k.id = any(find_campaigns.ids)) and (seen is null or k.id = any(seen))
    and lower(k.name) like all(patterns)
  order by k.status = 'archived', not starts_with(lower(k.name), array_to_string(words, ' ')), k.created_at desc, k.id limit most;
end $$;

create function private.find_assistants(account_id uuid, words text[], ids uuid[], most int) returns setof private.found_thing
language sql stable set search_path = ''
as $$
  select 'assistant', s.id, s.name, null::text, null::text, s.archived_at is not null
  from public.assistants s
  where s.account_id = find_assistants.account_id and s.account_id = any(array(select private.account_ids('assistants.read')))
    and (find_assistants.ids is null or s.id = any(find_assistants.ids)) and private.has_words(s.name, words)
  order by s.archived_at is not null, not starts_with(lower(s.name), array_to_string(words, ' ')), s.created_at desc, s.id limit most
$$;

-- By the search of the contact table: words, numbers in any notation, and nothing that the person may not see.
create function private.find_people(account_id uuid, text text, ids uuid[], most int) returns setof private.found_thing
language plpgsql stable set search_path = ''
as $$
declare
  is_visible boolean := private.sees_personal(find_people.account_id);
  found uuid[] := coalesce(find_people.ids, (private.find_contacts(private.my_search(jsonb_build_object('account_id', find_people.account_id, 'text', find_people.text)), null, null, most)).ids);
begin
  return query select 'contact', p.id, private.masked(p.name, is_visible), concat_ws(' · ', private.masked(p.phone, is_visible), nullif(p.company, '')), null::text, false
  from unnest(found) with ordinality f (id, place) join public.contacts p on p.id = f.id
  where p.account_id = find_people.account_id and p.replaced_by is null and p.erased_at is null and (find_people.ids is null or private.sees_contact(p))
  order by f.place limit most;
end $$;

-- What fits a text, at most six of each kind; or, with thing_ids, what of these there still is for the current user: what they opened last.
-- Answers [{kind, id, title, detail, status, is_archived}].
create function private.search_everything(account_id uuid, text text, thing_ids uuid[]) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  -- Definer: what is found is masked and judged as in the lists of each kind.
  typed text := private.clean_text(left(search_everything.text, 200));
  words text[] := private.words_of(coalesce(typed, ''));
  wanted uuid[] := case when typed is null then coalesce(search_everything.thing_ids[1:20], '{}') end;
begin
  perform private.require_membership(search_everything.account_id);
  return (select coalesce(jsonb_agg(to_jsonb(f)), '[]') from (
    select * from private.find_campaigns(search_everything.account_id, words, wanted, 6)
    union all select * from private.find_people(search_everything.account_id, typed, wanted, 6)
    union all select * from private.find_assistants(search_everything.account_id, words, wanted, 6)) f);
end $$;
grant execute on function private.search_everything(uuid, text, uuid[]) to authenticated;
create function public.search_everything(account_id uuid, text text default null, thing_ids uuid[] default null) returns jsonb
language sql stable set search_path = ''
return private.search_everything(search_everything.account_id, search_everything.text, search_everything.thing_ids);
grant execute on function public.search_everything(uuid, text, uuid[]) to authenticated;
