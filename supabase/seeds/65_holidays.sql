-- Public holidays of eleven years: on a fixed day, on the nth Monday (or Thursday) of a month, or moving with Easter.
insert into public.holidays (region, day, name)
select f.region, make_date(y.year, f.month, f.day), f.name
from generate_series(2026, 2036) y (year)
cross join (values ('US', 1, 1, 'New Year''s Day'), ('US', 6, 19, 'Juneteenth'), ('US', 7, 4, 'Independence Day'), ('US', 11, 11, 'Veterans Day'),
  ('US', 12, 25, 'Christmas Day'), ('CA', 1, 1, 'New Year''s Day'), ('CA', 7, 1, 'Canada Day'), ('CA', 9, 30, 'National Day for Truth and Reconciliation'),
  ('CA', 11, 11, 'Remembrance Day'), ('CA', 12, 25, 'Christmas Day'), ('CA', 12, 26, 'Boxing Day')) f (region, month, day, name)
union all
-- The first such weekday on or after a day of the month: the third Monday is the first from the 15th on.
select n.region, first.day + (n.weekday - extract(isodow from first.day)::int + 7) % 7, n.name
from generate_series(2026, 2036) y (year)
cross join (values ('US', 1, 15, 1, 'Martin Luther King Jr. Day'), ('US', 2, 15, 1, 'Washington''s Birthday'), ('US', 5, 25, 1, 'Memorial Day'),
  ('US', 9, 1, 1, 'Labor Day'), ('US', 10, 8, 1, 'Columbus Day'), ('US', 11, 22, 4, 'Thanksgiving Day'),
  ('CA', 5, 18, 1, 'Victoria Day'), ('CA', 9, 1, 1, 'Labour Day'), ('CA', 10, 8, 1, 'Thanksgiving')) n (region, month, from_day, weekday, name)
cross join lateral (select make_date(y.year, n.month, n.from_day) as day) first
union all
select 'CA', d::date, 'Good Friday' from unnest('{2026-04-03,2027-03-26,2028-04-14,2029-03-30,2030-04-19,2031-04-11,2032-03-26,2033-04-15,2034-04-07,
  2035-03-23,2036-04-11}'::date[]) d
on conflict do nothing;
