-- What minutes cost, and how they are counted.
insert into public.plans (id, name, first_increment_seconds, billing_increment_seconds, concurrency_max, free_seconds, is_default)
values ('prepaid', 'Prepaid minutes', 60, 60, 5, 1200, true)
on conflict (id) do nothing;

insert into public.packs (id, name, description, seconds, price_cents, position) values
  ('minutes_50', '50 minutes', 'To try a first campaign', 3000, 3000, 1),
  ('minutes_100', '100 minutes', 'For a small list', 6000, 5000, 2),
  ('minutes_200', '200 minutes', 'For regular campaigns', 12000, 8000, 3),
  ('minutes_500', '500 minutes', 'The lowest price per minute', 30000, 20000, 4)
on conflict (id) do nothing;
