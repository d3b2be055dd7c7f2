-- Private bucket: run-outbox puts each invoice here once, and people read it through short signed URLs.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('invoices', 'invoices', false, 10485760, '{application/pdf}') on conflict (id) do nothing;
create policy "Members with the right can read the invoices of their account" on storage.objects for select to authenticated
  using (bucket_id = 'invoices' and exists (select from public.orders o where o.invoice_path = name
    and o.account_id = any(array(select private.account_ids('billing.read')))));
