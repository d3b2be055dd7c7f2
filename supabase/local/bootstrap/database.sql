-- Once per database, as the superuser, after the auth and storage schemas exist: what migrations may assume on a hosted
-- project, and the guard that refuses what a hosted project would refuse.

do $$ begin execute format('grant all on database %I to postgres', current_database()); end $$;
alter schema public owner to postgres;
grant usage on schema public to anon, authenticated, service_role;
create schema if not exists extensions;
grant usage, create on schema extensions to postgres;
grant usage on schema extensions to anon, authenticated, service_role;

-- Second factors, which the local service does not know; columns and names as hosted Auth has them.
create table auth.mfa_factors (
  id uuid primary key,
  user_id uuid not null references auth.users on delete cascade,
  friendly_name text not null default '',
  factor_type text not null,
  status text not null,
  secret text,
  last_challenged_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index mfa_factors_user_id_idx on auth.mfa_factors (user_id);
create table auth.mfa_challenges (
  id uuid primary key,
  factor_id uuid not null references auth.mfa_factors on delete cascade,
  ip_address inet not null,
  verified_at timestamptz,
  created_at timestamptz not null default now()
);
create index mfa_challenges_by_factor on auth.mfa_challenges (factor_id);
create table auth.mfa_amr_claims (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references auth.sessions on delete cascade,
  authentication_method text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (session_id, authentication_method)
);

-- auth: readable and triggerable for migrations, not changeable.
grant usage on schema auth to postgres, anon, authenticated, service_role;
grant all on all tables in schema auth to postgres;
grant execute on all functions in schema auth to public;
-- The local service's own read one setting each; hosted ones also read the claims of the token. Without a setting of their own, as
-- hosted: such a function becomes part of the query that asks it, where it would otherwise be planned anew for each.
create or replace function auth.jwt() returns jsonb
language sql stable
as $$ select coalesce(nullif(current_setting('request.jwt.claim', true), ''), nullif(current_setting('request.jwt.claims', true), ''))::jsonb $$;
create or replace function auth.uid() returns uuid
language sql stable
as $$ select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''), nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
create or replace function auth.role() returns text
language sql stable
as $$ select coalesce(nullif(current_setting('request.jwt.claim.role', true), ''), nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role')::text $$;
-- The API writes user metadata as a JSON string inside jsonb; hosted Auth writes an object.
create function auth.unwrap_metadata() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if jsonb_typeof(new.raw_user_meta_data) = 'string' then new.raw_user_meta_data := (new.raw_user_meta_data #>> '{}')::jsonb; end if;
  if jsonb_typeof(new.raw_app_meta_data) = 'string' then new.raw_app_meta_data := (new.raw_app_meta_data #>> '{}')::jsonb; end if;
  return new;
end $$;
create trigger unwrap_metadata before insert or update on auth.users for each row execute function auth.unwrap_metadata();

-- storage: owned by its own role, of which postgres inherits just enough to write policies.
alter table storage.objects owner to supabase_storage_admin;
alter table storage.buckets owner to supabase_storage_admin;
grant usage on schema storage to postgres, anon, authenticated, service_role, supabase_storage_admin;
grant all on all tables in schema storage to postgres, anon, authenticated, service_role;
grant execute on all functions in schema storage to public;
alter table storage.objects enable row level security;
alter table storage.buckets enable row level security;

-- realtime: broadcast from the database over private topics.
create schema realtime;
grant usage on schema realtime to postgres, anon, authenticated, service_role, supabase_realtime_admin;
create table realtime.messages (
  id uuid not null default gen_random_uuid() primary key,
  topic text not null,
  extension text not null,
  payload jsonb,
  event text,
  private boolean default false,
  inserted_at timestamp not null default now(),
  updated_at timestamp not null default now()
);
alter table realtime.messages enable row level security;
alter table realtime.messages owner to supabase_realtime_admin;
grant select, insert on realtime.messages to postgres, anon, authenticated, service_role;
create function realtime.topic() returns text
language sql stable set search_path = ''
as $$ select nullif(current_setting('realtime.topic', true), '') $$;
-- Sends one message to a topic. A failure is a warning, never the caller's error: as the hosted function behaves.
create function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void
language plpgsql set search_path = ''
as $$
declare
  message_id uuid := gen_random_uuid();
begin
  insert into realtime.messages (id, payload, event, topic, private, extension)
  values (message_id, case when send.payload ? 'id' then send.payload else send.payload || jsonb_build_object('id', message_id) end,
    send.event, send.topic, send.private, 'broadcast');
exception when others then
  raise warning 'realtime.send failed: %', sqlerrm;
end $$;
grant execute on function realtime.topic(), realtime.send(jsonb, text, text, boolean) to public;
create function realtime.announce() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform pg_notify('realtime', new.id::text);
  return null;
end $$;
create trigger announce after insert on realtime.messages for each row execute function realtime.announce();

-- cron: the local ticker runs cron.job.
create schema cron;
create table cron.job (
  jobid bigint generated always as identity primary key,
  jobname text unique,
  schedule text not null,
  command text not null,
  active boolean not null default true
);
-- pg_cron also knows crontab lines; the ticker does not, and running a nightly job every two seconds would hide that.
create function cron.schedule(job_name text, schedule text, command text) returns bigint
language plpgsql security definer set search_path = ''
as $$
declare
  scheduled bigint;
begin
  if schedule.schedule !~ '^[1-5]?[0-9] seconds?$' then
    raise feature_not_supported using message = format('The local ticker knows schedules in seconds, not "%s".', schedule.schedule);
  end if;
  insert into cron.job as j (jobname, schedule, command) values (schedule.job_name, schedule.schedule, schedule.command)
  on conflict (jobname) do update set schedule = excluded.schedule, command = excluded.command
  returning j.jobid into scheduled;
  return scheduled;
end $$;
create function cron.unschedule(job_name text) returns boolean
language sql security definer set search_path = ''
as $$ with gone as (delete from cron.job j where j.jobname = unschedule.job_name returning 1) select exists (select from gone) $$;
grant usage on schema cron to postgres;
grant select on cron.job to postgres;

-- net: requests wait in a queue until the transaction has committed; the local ticker sends them.
create schema net;
create table net.http_request_queue (
  id bigint generated always as identity primary key,
  method text not null default 'POST',
  url text not null,
  headers jsonb not null default '{}',
  body jsonb,
  timeout_milliseconds int not null default 5000
);
create function net.http_post(url text, body jsonb default '{}', params jsonb default '{}', headers jsonb default '{"Content-Type": "application/json"}',
  timeout_milliseconds int default 5000) returns bigint
language plpgsql security definer set search_path = ''
as $$
declare
  content_type text := (select h.value from jsonb_each_text(http_post.headers) h where lower(h.key) = 'content-type');
  request bigint;
begin
  -- As pg_net: JSON is what it sends, whether the headers say so or say nothing.
  if content_type <> 'application/json' then
    raise exception 'Content-Type header must be "application/json"';
  end if;
  insert into net.http_request_queue as q (url, headers, body, timeout_milliseconds)
  values (http_post.url, case when content_type is null then '{"Content-Type": "application/json"}' else '{}' end::jsonb || http_post.headers,
    http_post.body, http_post.timeout_milliseconds)
  returning q.id into request;
  return request;
end $$;
grant usage on schema net to postgres;

-- vault: named secrets. Hosted encrypts them; here the data folder is as private as the machine.
create schema vault;
create table vault.secrets (
  id uuid primary key default gen_random_uuid(),
  name text unique,
  description text not null default '',
  secret text not null
);
create view vault.decrypted_secrets as select s.id, s.name, s.description, s.secret as decrypted_secret from vault.secrets s;
create function vault.create_secret(new_secret text, new_name text default null, new_description text default '') returns uuid
language sql security definer set search_path = ''
as $$
  insert into vault.secrets (name, secret, description) values (create_secret.new_name, create_secret.new_secret, create_secret.new_description) returning id
$$;
create function vault.update_secret(secret_id uuid, new_secret text default null, new_name text default null, new_description text default null) returns void
language sql security definer set search_path = ''
as $$
  update vault.secrets s set secret = coalesce(update_secret.new_secret, s.secret), name = coalesce(update_secret.new_name, s.name),
    description = coalesce(update_secret.new_description, s.description)
  where s.id = update_secret.secret_id
$$;
revoke execute on function vault.create_secret(text, text, text), vault.update_secret(uuid, text, text, text) from public;
grant execute on function vault.create_secret(text, text, text), vault.update_secret(uuid, text, text, text) to postgres, service_role;
grant usage on schema vault to postgres;
grant select on vault.decrypted_secrets to postgres;
grant select, delete on vault.secrets to postgres;

revoke create on schema auth, storage, realtime, cron, net, vault from public;
