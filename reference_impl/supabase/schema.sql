-- The entities that Supabase owns, and who may touch them: the ownership matrix as grants.
-- Fed to PostgreSQL's single-user mode, where a statement ends at a semicolon before an empty line.

create role web nologin;
create role worker nologin;
-- Whoever comes without a token: may do nothing at all.
create role anon nologin;
-- PostgREST logs in as this role and becomes the role that a token names.
create role authenticator login noinherit;
grant web, worker, anon to authenticator;

-- Nothing is allowed that is not said below.
revoke all on schema public from public;
grant usage on schema public to web, worker;


create table public.prospects (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    company text,
    email text,
    website text,
    status text not null default 'new' check (status in ('new', 'contacted', 'replied')),
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now()
);

create table public.campaigns (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    subject text not null,
    body text not null,
    status text not null default 'draft' check (status in ('draft', 'active', 'paused')),
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now()
);

create table public.mailboxes (
    id uuid primary key default gen_random_uuid(),
    address text not null,
    display_name text,
    healthy boolean not null default true,
    daily_limit integer not null default 50,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now()
);

-- Pages go by (created_at, id), newest first: two rows of one millisecond keep their order.
create index prospects_page on public.prospects (created_at, id);
create index campaigns_page on public.campaigns (created_at, id);
create index mailboxes_page on public.mailboxes (created_at, id);


create function public.stamp_update() returns trigger language plpgsql as $$
begin
    new.updated_at := now();
    return new;
end
$$;
revoke all on function public.stamp_update() from public;

create trigger prospects_update before update on public.prospects
    for each row execute function public.stamp_update();
create trigger campaigns_update before update on public.campaigns
    for each row execute function public.stamp_update();
create trigger mailboxes_update before update on public.mailboxes
    for each row execute function public.stamp_update();


grant select, insert, update, delete on public.prospects, public.campaigns to web;
grant insert, update, delete on public.mailboxes to web;
-- The matrix gives web no read of mailboxes; without this much, "where id = …" would be refused.
grant select (id) on public.mailboxes to web;
grant select on public.prospects, public.campaigns, public.mailboxes to worker;

alter table public.prospects enable row level security;
alter table public.campaigns enable row level security;
alter table public.mailboxes enable row level security;

create policy web_owns on public.prospects to web using (true) with check (true);
create policy web_owns on public.campaigns to web using (true) with check (true);
create policy web_writes on public.mailboxes to web using (true) with check (true);
create policy worker_reads on public.prospects for select to worker using (true);
create policy worker_reads on public.campaigns for select to worker using (true);
create policy worker_reads on public.mailboxes for select to worker using (true);


-- Called by PostgREST before every request: puts the request's ID into the server's log.
create schema trace;
grant usage on schema trace to web, worker;

create function trace.request() returns void language plpgsql as $$
declare
    headers json := current_setting('request.headers', true)::json;
begin
    raise log '%', jsonb_build_object(
        'message', concat_ws(' ',
            current_setting('request.method', true), current_setting('request.path', true)),
        'requestId', left(headers ->> 'x-request-id', 128),
        'role', current_user
    );
end
$$;
