-- Ids sort by time and are minted here alone: milliseconds since 1970 above, a sequence that no other daemon on this
-- database shares below.
create sequence id_sequence;

create function next_id() returns bigint language sql volatile as $$
    select (floor(extract(epoch from clock_timestamp()) * 1000)::bigint << 16) | (nextval('id_sequence') & 65535)
$$;

-- Everybody we know of, here (domain is null) or elsewhere.
create table actors (
    id bigint primary key default next_id(),
    uri text not null unique check (octet_length(uri) <= 2048),
    kind text not null check (kind in ('Application', 'Group', 'Organization', 'Person', 'Service')),
    username text not null check (octet_length(username) between 1 and 255),
    domain text check (octet_length(domain) between 1 and 261),
    name text not null default '' check (char_length(name) <= 200),
    summary text not null default '' check (octet_length(summary) <= 102400),
    url text check (octet_length(url) <= 2048),
    inbox text not null check (octet_length(inbox) <= 2048),
    shared_inbox text check (octet_length(shared_inbox) <= 2048),
    speaks_mentoring boolean not null default false,
    created_at timestamptz not null default now(),
    fetched_at timestamptz,
    gone_at timestamptz
);

create unique index actors_local_username on actors (username) where domain is null;
create index actors_handle on actors (username, domain);

-- Keys of actors by their id on the wire; those of our own actors with the private half.
create table actor_keys (
    uri text primary key check (octet_length(uri) <= 2048),
    actor_id bigint not null references actors on delete cascade,
    algorithm text not null check (algorithm in ('rsa', 'ed25519')),
    public_pem text not null,
    private_pem text,
    fetched_at timestamptz not null default now()
);

create index actor_keys_actor on actor_keys (actor_id);

-- People of this community who can sign in.
create table accounts (
    actor_id bigint primary key references actors on delete cascade,
    email text not null check (octet_length(email) <= 254),
    password_hash text not null,
    role text not null default 'member' check (role in ('member', 'moderator', 'administrator')),
    created_at timestamptz not null default now()
);

create unique index accounts_email on accounts (lower(email));

-- Bearer tokens, kept only as SHA-256.
create table tokens (
    id bigint primary key default next_id(),
    actor_id bigint not null references accounts on delete cascade,
    hash bytea not null unique,
    name text not null check (char_length(name) between 1 and 100),
    scopes text[] not null,
    created_at timestamptz not null default now()
);

create index tokens_actor on tokens (actor_id);

-- What left this server: bytes and id fixed when written, sent the same on every attempt.
create table activities (
    id bigint primary key default next_id(),
    uri text not null unique check (octet_length(uri) <= 2048),
    actor_id bigint not null references actors on delete cascade,
    kind text not null,
    audience text[] not null,
    is_public boolean not null default false,
    body text not null,
    created_at timestamptz not null default now()
);

create index activities_public on activities (actor_id, id) where is_public;

-- Ids of activities that took effect here, so that none takes effect twice.
create table received_activities (
    uri text primary key check (octet_length(uri) <= 2048),
    actor_id bigint not null references actors on delete cascade,
    received_at timestamptz not null default now()
);

create index received_activities_age on received_activities using brin (received_at);

-- Objects that were withdrawn before they ever arrived.
create table tombstones (
    uri text primary key check (octet_length(uri) <= 2048),
    created_at timestamptz not null default now()
);
