-- What comes in about calls and what goes out after them; no browser sees any of it.

-- Inbox of provider webhooks: stored before anything is done with them.
create table engine.provider_events (
  id bigint generated always as identity primary key,
  provider text not null,
  dedupe_key text not null,
  account_id uuid,
  call_id uuid,
  attempt_id uuid,
  provider_call_id text,
  event jsonb not null,
  body jsonb,
  received_at timestamptz not null default private.now(),
  processed_at timestamptz,
  tries int not null default 0,
  quarantined_at timestamptz,
  error text,
  constraint an_event_is_stored_once unique (provider, dedupe_key)
);
create index provider_events_pending on engine.provider_events (account_id, id) where processed_at is null and quarantined_at is null;
create index provider_events_by_provider_call on engine.provider_events (provider_call_id) where processed_at is null;
create index provider_events_by_call on engine.provider_events (call_id) where call_id is not null;
create index provider_events_received on engine.provider_events (account_id, received_at) where body is not null;

-- Work for run-outbox, inserted in the transaction that causes it.
create table engine.outbox (
  id bigint generated always as identity primary key,
  account_id uuid references public.accounts on delete cascade,
  kind text not null,
  dedupe_key text,
  payload jsonb not null,
  due_at timestamptz not null default private.now(),
  lease_until timestamptz,
  tries int not null default 0,
  done_at timestamptz,
  quarantined_at timestamptz,
  error text,
  created_at timestamptz not null default private.now(),
  constraint a_job_is_queued_once unique (kind, dedupe_key)
);
create index outbox_due on engine.outbox (due_at, id) where done_at is null and quarantined_at is null;
create index outbox_by_account on engine.outbox (account_id);
create index outbox_failed_deletions on engine.outbox (account_id, id) where kind in ('delete_recording', 'erase_call') and quarantined_at is not null;

-- Who watches a call's live transcript, on which random topic, and until when.
create table engine.call_watchers (
  call_id uuid not null references public.calls on delete cascade,
  user_id uuid not null,
  topic uuid not null default gen_random_uuid(),
  expires_at timestamptz not null,
  primary key (call_id, user_id)
);
create index call_watchers_by_topic on engine.call_watchers (topic);

alter table engine.provider_events enable row level security;
alter table engine.outbox enable row level security;
alter table engine.call_watchers enable row level security;
create policy "Nobody reads the engine through the API" on engine.provider_events for all using (false);
create policy "Nobody reads the engine through the API" on engine.outbox for all using (false);
create policy "Nobody reads the engine through the API" on engine.call_watchers for all using (false);
