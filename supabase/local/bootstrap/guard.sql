-- Refuses, for the role of migrations, what a hosted project refuses: changing the platform's own schemas. Allowed are
-- policies on storage.objects, storage.buckets and realtime.messages, and triggers on auth.users.
create schema guard;
create function guard.is_platform(schema_name text) returns boolean
language sql immutable set search_path = ''
return is_platform.schema_name in ('auth', 'storage', 'realtime', 'cron', 'net', 'vault', 'guard');

create function guard.refuse_platform_changes() returns event_trigger
language plpgsql security definer set search_path = ''
as $$
declare
  change record;
begin
  if session_user <> 'postgres' then
    return;
  end if;
  for change in select * from pg_event_trigger_ddl_commands() loop
    -- Triggers and policies carry no schema of their own; they name their table.
    if guard.is_platform(coalesce(change.schema_name, substring(change.object_identity from ' on ([a-z_]+)\.')))
      and not (change.command_tag like '% POLICY' and change.object_identity ~ ' on (storage\.objects|storage\.buckets|realtime\.messages)$')
      and not (change.command_tag = 'CREATE TRIGGER' and change.object_identity ~ ' on auth\.users$') then
      raise insufficient_privilege using message = format('permission denied for schema %s', change.schema_name);
    end if;
  end loop;
end $$;

create function guard.refuse_platform_drops() returns event_trigger
language plpgsql security definer set search_path = ''
as $$
declare
  dropped record;
begin
  if session_user <> 'postgres' then
    return;
  end if;
  for dropped in select * from pg_event_trigger_dropped_objects() where not is_temporary loop
    if guard.is_platform(dropped.schema_name) and dropped.object_type <> 'policy' then
      raise insufficient_privilege using message = format('permission denied for schema %s', dropped.schema_name);
    end if;
  end loop;
end $$;

create event trigger guard_changes on ddl_command_end execute function guard.refuse_platform_changes();
create event trigger guard_drops on sql_drop execute function guard.refuse_platform_drops();
