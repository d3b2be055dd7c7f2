-- What companies of a kind begin with: whom they may call when and how often, whether calls are recorded, their own words for conversations.
insert into public.company_types (id, position, template_kind, rules, records_calls, idle_minutes, dispositions) values
  ('generic', 1, null, '{}', true, 0, '[]'),
  ('e_commerce', 2, 'order_confirmation', '{"frequency_cap": 2, "frequency_hours": 24, "windows": [{"weekday": 1, "opens_at": "10:00", "closes_at": "20:00"}, {"weekday": 2, "opens_at": "10:00", "closes_at": "20:00"}, {"weekday": 3, "opens_at": "10:00", "closes_at": "20:00"}, {"weekday": 4, "opens_at": "10:00", "closes_at": "20:00"}, {"weekday": 5, "opens_at": "10:00", "closes_at": "20:00"}, {"weekday": 6, "opens_at": "10:00", "closes_at": "20:00"}]}', true, 0, '[
    {"name": "Order confirmed", "meaning": "positive", "description": "The person confirmed the order or bought again."},
    {"name": "Wants a change", "meaning": "neutral", "description": "Another address, another day or another article is wanted."},
    {"name": "Cancels the order", "meaning": "negative", "description": "The person does not want the order any more."}]'),
  ('healthcare', 3, 'appointment_reminder', '{"frequency_cap": 2, "frequency_hours": 24, "minimum_gap_seconds": 14400, "observes_holidays": true, "windows": [{"weekday": 1, "opens_at": "09:00", "closes_at": "17:00"}, {"weekday": 2, "opens_at": "09:00", "closes_at": "17:00"}, {"weekday": 3, "opens_at": "09:00", "closes_at": "17:00"}, {"weekday": 4, "opens_at": "09:00", "closes_at": "17:00"}, {"weekday": 5, "opens_at": "09:00", "closes_at": "17:00"}]}', false, 15, '[
    {"name": "Will come", "meaning": "positive", "description": "The person keeps the appointment."},
    {"name": "Wants another day", "meaning": "neutral", "description": "The person asked for another day or time."},
    {"name": "Cancels the appointment", "meaning": "negative", "description": "The person does not come and wants no other day."}]'),
  ('real_estate', 4, 'lead_qualification', '{"frequency_cap": 2, "frequency_hours": 48, "windows": [{"weekday": 1, "opens_at": "10:00", "closes_at": "19:00"}, {"weekday": 2, "opens_at": "10:00", "closes_at": "19:00"}, {"weekday": 3, "opens_at": "10:00", "closes_at": "19:00"}, {"weekday": 4, "opens_at": "10:00", "closes_at": "19:00"}, {"weekday": 5, "opens_at": "10:00", "closes_at": "19:00"}, {"weekday": 6, "opens_at": "10:00", "closes_at": "19:00"}]}', true, 0, '[
    {"name": "Viewing wanted", "meaning": "positive", "description": "The person wants to see a property."},
    {"name": "Wants to sell", "meaning": "positive", "description": "The person thinks of selling a property of their own."},
    {"name": "Looks later", "meaning": "neutral", "description": "The person may look for something in some months."}]')
on conflict (id) do nothing;
