-- Once per cluster, as the superuser supabase_admin: the roles of a hosted project. Migrations run as `postgres`, which is
-- no superuser, so that what a hosted project would refuse is refused here too.
create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role authenticator login noinherit password '{{password}}';
create role supabase_auth_admin nologin noinherit createrole;
create role supabase_storage_admin nologin noinherit;
create role supabase_realtime_admin nologin noinherit;
create role postgres login createdb createrole replication bypassrls password '{{password}}';
grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role, authenticator to postgres with admin option;
grant supabase_storage_admin, supabase_realtime_admin to postgres with inherit true, set false;

alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
alter role service_role set statement_timeout = '8s';
alter role authenticator set statement_timeout = '8s';
alter role authenticator set lock_timeout = '8s';
