-- Programs that people use their accounts with (OAuth 2 clients).
create table apps (
    id bigint generated always as identity primary key,
    name text not null check (char_length(name) between 1 and 200),
    website text check (octet_length(website) <= 2048),
    redirects text[] not null check (cardinality(redirects) between 1 and 20),
    scopes text[] not null,
    client_id text not null unique,
    -- SHA-256, as of all secrets here.
    secret_hash bytea not null,
    created_at timestamptz not null default now()
);

-- A token of an app that speaks for nobody has no actor.
alter table tokens
    alter column actor_id drop not null,
    add column app_id bigint references apps on delete cascade,
    -- The code that it was given for.
    add column code_hash bytea,
    add check (actor_id is not null or app_id is not null);
alter table tokens drop constraint tokens_name_check, add check (char_length(name) between 1 and 200);

create index tokens_app on tokens (app_id) where app_id is not null;
create index tokens_code on tokens (code_hash) where code_hash is not null;

-- What a person's consent is exchanged for, once. Kept for a while after that: who comes again with it has stolen it.
create table authorization_codes (
    hash bytea primary key,
    app_id bigint not null references apps on delete cascade,
    account_id bigint not null references accounts on delete cascade,
    redirect text not null,
    scopes text[] not null,
    -- Base64url of SHA-256 (RFC 7636).
    challenge text,
    ends_at timestamptz not null,
    used_at timestamptz
);

create index authorization_codes_end on authorization_codes (ends_at);
create index authorization_codes_account on authorization_codes (account_id);

-- Browsers in which somebody is signed in.
create table browser_sessions (
    hash bytea primary key,
    account_id bigint not null references accounts on delete cascade,
    created_at timestamptz not null default now(),
    used_at timestamptz not null default now()
);

create index browser_sessions_account on browser_sessions (account_id);

-- One job tidies all that lapses.
delete from jobs where kind = 'receipts.forget';
