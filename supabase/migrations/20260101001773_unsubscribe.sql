-- The link in a mail that stops such mails: it works without signing in, for one person, account and some topics, and for nothing else.

create extension if not exists pgcrypto with schema extensions;

-- What a link says, and the proof that we wrote it (HMAC-SHA-256 under a secret of this installation). It holds no secret and never
-- ends: a mail may be years old.
create function private.link_signature(body text) returns text
language sql stable set search_path = ''
return encode(extensions.hmac(link_signature.body, (select s.link_secret from engine.settings s), 'sha256'), 'hex');

create function private.unsubscribe_token(account_id uuid, user_id uuid, topics public.notice_topic[]) returns text
language plpgsql stable set search_path = ''
as $$
declare
  body text := concat_ws('.', unsubscribe_token.account_id, unsubscribe_token.user_id, array_to_string(unsubscribe_token.topics, '+'));
begin
  return body || '.' || private.link_signature(body);
end $$;

-- Switches the mails off that the link names. Whatever is wrong with a link, it is answered alike: nobody learns who is a member of what.
-- Again changes nothing; of somebody who left it changes nothing either, and says so to nobody.
create function private.unsubscribe(token text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  parts text[] := regexp_match(unsubscribe.token, '^(([0-9a-f-]{36})\.([0-9a-f-]{36})\.([a-z_+]{1,200}))\.([0-9a-f]{64})$');
begin
  -- Definer: asked by the function behind the link alone, in nobody's name.
  if parts is null or parts[5] <> private.link_signature(parts[1]) then
    perform private.raise_error('not_found', 'This link is not complete. Open it from the mail again.');
  end if;
  perform private.keep_preference(m.account_id, m.user_id, t::public.notice_topic, false)
  from public.members m cross join regexp_split_to_table(parts[4], '\+') t
  where m.account_id = private.as_uuid(parts[2]) and m.user_id = private.as_uuid(parts[3]);
  return jsonb_build_object('topics', to_jsonb(regexp_split_to_array(parts[4], '\+')));
end $$;
grant execute on function private.unsubscribe(text) to service_role;
create function public.unsubscribe(token text) returns jsonb
language sql set search_path = ''
return private.unsubscribe(unsubscribe.token);
grant execute on function public.unsubscribe(text) to service_role;
