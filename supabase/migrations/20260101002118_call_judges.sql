-- Who said what conversations meant, for the filter of the log that asks for one of them.

-- The people of an account who gave a call its disposition, those who left the account included, by name. One step along the index for each of
-- them, however many calls there are.
create function private.list_call_judges(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: names of people who left the account come with it; membership is checked here.
  perform private.require_membership(list_call_judges.account_id);
  return (
    with recursive judges as (
      (select c.disposition_by as id from public.calls c
        where c.account_id = list_call_judges.account_id and c.disposition_by is not null order by c.disposition_by limit 1)
      union all
      select (select c.disposition_by from public.calls c
        where c.account_id = list_call_judges.account_id and c.disposition_by > j.id order by c.disposition_by limit 1)
      from judges j where j.id is not null
    )
    select coalesce(jsonb_agg(jsonb_build_object('id', j.id, 'name', coalesce(nullif(f.name, ''), f.email)) order by lower(coalesce(nullif(f.name, ''), f.email)), j.id), '[]')
    from judges j left join public.profiles f on f.id = j.id where j.id is not null);
end $$;
grant execute on function private.list_call_judges(uuid) to authenticated;
create function public.list_call_judges(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_call_judges(list_call_judges.account_id);
grant execute on function public.list_call_judges(uuid) to authenticated;
