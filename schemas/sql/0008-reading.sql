-- Ids of a given moment, so that what is older than its arrival here stands where it belongs.
create function id_at(moment timestamptz) returns bigint language sql volatile as $$
    select (floor(extract(epoch from greatest(least(moment, clock_timestamp()), 'epoch')) * 1000)::bigint << 16)
        | (nextval('id_sequence') & 65535)
$$;

-- An id of the millisecond after that of another; null after null.
create function id_after(other bigint) returns bigint language sql volatile as $$
    select (((other >> 16) + 1) << 16) | (nextval('id_sequence') & 65535)
$$;

-- What a person does about others without telling them.
create table mutes (
    id bigint generated always as identity primary key,
    muter_id bigint not null references accounts on delete cascade,
    muted_id bigint not null references actors on delete cascade,
    hides_notifications boolean not null,
    ends_at timestamptz,
    created_at timestamptz not null default now(),
    unique (muter_id, muted_id)
);

create index mutes_muted on mutes (muted_id);

create table thread_mutes (
    account_id bigint not null references accounts on delete cascade,
    thread_id bigint not null,
    primary key (account_id, thread_id)
);

create table private_notes (
    account_id bigint not null references accounts on delete cascade,
    about_id bigint not null references actors on delete cascade,
    text text not null check (char_length(text) <= 2000),
    primary key (account_id, about_id)
);

create index private_notes_about on private_notes (about_id);

-- People whom somebody recommends on their profile.
create table endorsements (
    id bigint generated always as identity primary key,
    account_id bigint not null references accounts on delete cascade,
    endorsed_id bigint not null references actors on delete cascade,
    unique (account_id, endorsed_id)
);

create index endorsements_endorsed on endorsements (endorsed_id);

create table domain_mutes (
    id bigint generated always as identity primary key,
    account_id bigint not null references accounts on delete cascade,
    domain text not null check (octet_length(domain) <= 261),
    unique (account_id, domain)
);

-- What a follower wants of whom they follow.
alter table follows
    add column shows_boosts boolean not null default true,
    -- Whether each post is a notification.
    add column notifies boolean not null default false,
    -- Of posts in other languages nothing is shown; empty for all.
    add column languages text[] not null default '{}';

create table bookmarks (
    id bigint generated always as identity primary key,
    account_id bigint not null references accounts on delete cascade,
    post_id bigint not null references posts on delete cascade,
    unique (account_id, post_id)
);

create index bookmarks_post on bookmarks (post_id);
create index bookmarks_account on bookmarks (account_id, id);

create table lists (
    id bigint primary key default next_id(),
    owner_id bigint not null references accounts on delete cascade,
    title text not null check (char_length(title) between 1 and 100),
    replies text not null default 'list' check (replies in ('followed', 'list', 'none')),
    -- Whether what it shows is left out of home.
    is_exclusive boolean not null default false
);

create index lists_owner on lists (owner_id);

create table list_members (
    id bigint generated always as identity primary key,
    list_id bigint not null references lists on delete cascade,
    actor_id bigint not null references actors on delete cascade,
    unique (list_id, actor_id)
);

create index list_members_actor on list_members (actor_id);

-- What homes and lists show. A feed is an account or a list; an entry is a post, or a boost of one, by its id. Entries
-- whose post or boost is gone are not shown and swept away later.
create table feed_entries (
    feed_id bigint not null,
    id bigint not null,
    post_id bigint not null,
    primary key (feed_id, id)
);

create table followed_tags (
    id bigint generated always as identity primary key,
    account_id bigint not null references accounts on delete cascade,
    name text not null check (char_length(name) between 1 and 100),
    unique (account_id, name)
);

create index followed_tags_name on followed_tags (name);

create table featured_tags (
    id bigint generated always as identity primary key,
    account_id bigint not null references accounts on delete cascade,
    name text not null check (char_length(name) between 1 and 100),
    unique (account_id, name)
);

-- How far somebody has read.
create table markers (
    account_id bigint not null references accounts on delete cascade,
    timeline text not null check (timeline in ('home', 'notifications')),
    last_read_id bigint not null,
    version integer not null default 1,
    updated_at timestamptz not null default now(),
    primary key (account_id, timeline)
);

-- Direct posts by thread, as each person who takes part sees them.
create table conversations (
    id bigint generated always as identity primary key,
    account_id bigint not null references accounts on delete cascade,
    thread_id bigint not null,
    last_post_id bigint not null references posts on delete cascade,
    is_unread boolean not null,
    is_hidden boolean not null default false,
    unique (account_id, thread_id)
);

create index conversations_recent on conversations (account_id, last_post_id);
create index conversations_last_post on conversations (last_post_id);

-- How a post read before it was changed.
create table post_versions (
    id bigint generated always as identity primary key,
    post_id bigint not null references posts on delete cascade,
    content text not null,
    warning text not null,
    is_sensitive boolean not null,
    attachments jsonb not null,
    poll_options text[],
    created_at timestamptz not null
);

create index post_versions_post on post_versions (post_id, id);

-- Requests to publish that were answered, so that a repetition gets the same answer.
create table idempotency_keys (
    account_id bigint not null references accounts on delete cascade,
    key text not null check (octet_length(key) <= 255),
    post_id bigint not null,
    created_at timestamptz not null default now(),
    primary key (account_id, key)
);

create index idempotency_keys_age on idempotency_keys (created_at);

-- How somebody writes when they do not say otherwise.
alter table accounts
    add column posting_visibility text not null default 'public'
        check (posting_visibility in ('public', 'unlisted', 'followers', 'direct')),
    add column posting_sensitive boolean not null default false,
    add column posting_language text check (octet_length(posting_language) <= 35);
alter table actors add column hides_collections boolean not null default false;

-- Clients hold the ids of notifications as numbers that JavaScript can count with.
create sequence notification_numbers;
update notifications set id = numbered.number
    from (select id as old, row_number() over (order by id) as number from notifications) numbered
    where notifications.id = numbered.old;
select setval('notification_numbers', coalesce((select max(id) from notifications), 0) + 1, false);
alter table notifications alter column id set default nextval('notification_numbers');
alter sequence notification_numbers owned by notifications.id;

create index posts_local on posts (id) where visibility = 'public' and fetched_at is null;
create index posts_public on posts (id) where visibility = 'public';
create index likes_actor on likes (actor_id, id);

-- Searching.
create index posts_words on posts using gin (to_tsvector('simple', title || ' ' || warning || ' ' || content));
create index posts_url on posts (url) where url is not null;
create index actors_url on actors (url) where url is not null;
create index actors_username on actors (username text_pattern_ops);
create index actors_name on actors (lower(name) text_pattern_ops);
create index post_tags_pattern on post_tags (name text_pattern_ops);
