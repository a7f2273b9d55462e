-- What becomes of notifications that somebody did not ask for; of several the strictest.
create type notification_treatment as enum ('accept', 'filter', 'drop');

-- A mentor wants to hear from strangers: only what comes from limited servers waits until it is asked for.
alter table accounts
    add column for_not_following notification_treatment not null default 'accept',
    add column for_not_followers notification_treatment not null default 'accept',
    add column for_new_accounts notification_treatment not null default 'accept',
    add column for_private_mentions notification_treatment not null default 'accept',
    add column for_limited_accounts notification_treatment not null default 'filter';

-- Likes and boosts of one post, and new followers, are shown together: those of twelve hours, by the hour since 1970 with
-- which these began. The rest has no key and stands alone.
alter table notifications
    add column group_hour integer not null default (floor(extract(epoch from now()) / 43200) * 12)::integer,
    add column is_filtered boolean not null default false;
update notifications set group_hour = (floor(extract(epoch from created_at) / 43200) * 12)::integer;
alter table notifications
    add column group_key text generated always as (
        case
            when kind in ('favourite', 'reblog') then kind || '-' || post_id::text || '-' || group_hour::text
            when kind = 'follow' then kind || '-' || group_hour::text
        end) stored;
create index notifications_group on notifications (recipient_id, group_key, id) where group_key is not null;
create index notifications_filtered on notifications (recipient_id, from_id, id) where is_filtered;

-- People of whom something is filtered, until the recipient decides.
create table notification_requests (
    id bigint generated always as identity primary key,
    account_id bigint not null references accounts on delete cascade,
    from_id bigint not null references actors on delete cascade,
    created_at timestamptz not null default now(),
    unique (account_id, from_id)
);

create index notification_requests_from on notification_requests (from_id);

-- People of whom somebody wants to hear, whatever their policy says.
create table notification_permissions (
    account_id bigint not null references accounts on delete cascade,
    from_id bigint not null references actors on delete cascade,
    primary key (account_id, from_id)
);

create index notification_permissions_from on notification_permissions (from_id);

-- The key by which services that carry messages to programs know this community; one for all.
create table push_key (
    is_only boolean primary key default true check (is_only),
    private_pem text not null,
    created_at timestamptz not null default now()
);

-- Programs that want to be told at once. Each has the one token; clients hold the id as a small number.
create table push_subscriptions (
    id integer generated always as identity primary key,
    token_id bigint not null unique references tokens on delete cascade,
    account_id bigint not null references accounts on delete cascade,
    endpoint text not null check (octet_length(endpoint) <= 2048),
    -- Of jobs that go to the endpoint's host.
    lane text not null,
    key bytea not null check (octet_length(key) = 65),
    secret bytea not null check (octet_length(secret) = 16),
    is_standard boolean not null,
    -- Kinds of notification.
    alerts text[] not null,
    policy text not null check (policy in ('all', 'followed', 'follower', 'none')),
    -- The token itself, encrypted with the community's push key.
    sealed_token bytea not null,
    created_at timestamptz not null default now()
);

create index push_subscriptions_account on push_subscriptions (account_id);
