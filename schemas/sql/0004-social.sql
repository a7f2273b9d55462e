-- What an actor says of itself beyond its address. Of our own actors text is plain, of others HTML as it came.
alter table actors
    add column followers_uri text check (octet_length(followers_uri) <= 2048),
    add column following_uri text check (octet_length(following_uri) <= 2048),
    add column outbox_uri text check (octet_length(outbox_uri) <= 2048),
    add column featured_uri text check (octet_length(featured_uri) <= 2048),
    -- {url, type, description}
    add column icon jsonb,
    add column header jsonb,
    -- [{name, value}]
    add column fields jsonb not null default '[]',
    -- Whether the actor decides about each follower.
    add column is_locked boolean not null default false,
    add column is_discoverable boolean not null default false,
    add column is_indexable boolean not null default false,
    add column is_memorial boolean not null default false,
    add column also_known_as text[] not null default '{}' check (cardinality(also_known_as) <= 16),
    -- Where the actor has moved; only once the other side has confirmed it.
    add column moved_to_id bigint references actors on delete set null,
    add column moved_at timestamptz,
    -- Suspended by its own server.
    add column suspended_at timestamptz,
    -- Of our own: the host behind the @, where it is another than that of the address.
    add column handle_domain text check (octet_length(handle_domain) <= 261),
    -- When its document last changed.
    add column updated_at timestamptz not null default now();

create table follows (
    id bigint primary key default next_id(),
    follower_id bigint not null references actors on delete cascade,
    followed_id bigint not null references actors on delete cascade,
    -- The id of the Follow activity, which Accept, Reject and Undo name.
    uri text not null check (octet_length(uri) <= 2048),
    state text not null check (state in ('pending', 'accepted')),
    created_at timestamptz not null default now(),
    unique (follower_id, followed_id),
    check (follower_id <> followed_id)
);

create index follows_followed on follows (followed_id, state, id);
create index follows_follower on follows (follower_id, state, id);

create table blocks (
    id bigint primary key default next_id(),
    blocker_id bigint not null references actors on delete cascade,
    blocked_id bigint not null references actors on delete cascade,
    uri text not null check (octet_length(uri) <= 2048),
    created_at timestamptz not null default now(),
    unique (blocker_id, blocked_id),
    check (blocker_id <> blocked_id)
);

create index blocks_blocked on blocks (blocked_id);

-- What people write, here and elsewhere.
create table posts (
    id bigint primary key default next_id(),
    uri text not null unique check (octet_length(uri) <= 2048),
    author_id bigint not null references actors on delete cascade,
    kind text not null
        check (kind in ('Note', 'Article', 'Page', 'Question', 'Event', 'Video', 'Audio', 'Image')),
    visibility text not null check (visibility in ('public', 'unlisted', 'followers', 'direct')),
    title text not null default '' check (char_length(title) <= 500),
    -- HTML, cleaned before it was written.
    content text not null check (octet_length(content) <= 102400),
    -- What one of our people typed.
    source text check (char_length(source) <= 5000),
    warning text not null default '' check (char_length(warning) <= 500),
    is_sensitive boolean not null default false,
    language text check (octet_length(language) <= 35),
    url text check (octet_length(url) <= 2048),
    reply_to_id bigint references posts on delete set null,
    reply_to_uri text check (octet_length(reply_to_uri) <= 2048),
    -- The first post of the thread, as far as it is known here.
    thread_id bigint not null,
    -- [{url, type, description, blurhash, width, height, focus: [x, y]}]
    attachments jsonb not null default '[]',
    -- [{name, url}]
    emojis jsonb not null default '[]',
    -- Of an Event: {start, end, zone, place, link, status}
    event jsonb,
    published_at timestamptz not null,
    edited_at timestamptz,
    -- When the post as it stands was last taken from its origin; nil for ours.
    fetched_at timestamptz
);

create index posts_author on posts (author_id, id);
create index posts_reply_to on posts (reply_to_id) where reply_to_id is not null;
create index posts_orphans on posts (reply_to_uri) where reply_to_id is null and reply_to_uri is not null;
create index posts_thread on posts (thread_id, id);

-- Whom a post names or is for, beyond its visibility.
create table post_addressees (
    post_id bigint not null references posts on delete cascade,
    actor_id bigint not null references actors on delete cascade,
    is_mentioned boolean not null,
    primary key (post_id, actor_id)
);

create index post_addressees_actor on post_addressees (actor_id, post_id);

create table post_tags (
    post_id bigint not null references posts on delete cascade,
    name text not null check (char_length(name) between 1 and 100),
    primary key (post_id, name)
);

create index post_tags_name on post_tags (name, post_id);

create table polls (
    post_id bigint primary key references posts on delete cascade,
    is_multiple boolean not null,
    ends_at timestamptz,
    closed_at timestamptz,
    voters integer not null default 0 check (voters >= 0)
);

create table poll_options (
    post_id bigint not null references polls on delete cascade,
    position integer not null check (position between 0 and 19),
    title text not null check (char_length(title) <= 200),
    votes integer not null default 0 check (votes >= 0),
    primary key (post_id, position)
);

create table poll_votes (
    post_id bigint not null,
    position integer not null,
    voter_id bigint not null references actors on delete cascade,
    uri text check (octet_length(uri) <= 2048),
    created_at timestamptz not null default now(),
    primary key (post_id, voter_id, position),
    foreign key (post_id, position) references poll_options on delete cascade
);

-- Posts that somebody passes on to followers.
create table boosts (
    id bigint primary key default next_id(),
    uri text not null unique check (octet_length(uri) <= 2048),
    actor_id bigint not null references actors on delete cascade,
    post_id bigint not null references posts on delete cascade,
    visibility text not null check (visibility in ('public', 'unlisted', 'followers', 'direct')),
    created_at timestamptz not null default now(),
    unique (actor_id, post_id)
);

create index boosts_post on boosts (post_id);
create index boosts_actor on boosts (actor_id, id);

create table likes (
    id bigint primary key default next_id(),
    uri text not null check (octet_length(uri) <= 2048),
    actor_id bigint not null references actors on delete cascade,
    post_id bigint not null references posts on delete cascade,
    created_at timestamptz not null default now(),
    unique (actor_id, post_id)
);

create index likes_post on likes (post_id);

-- Posts that their authors show first.
create table pins (
    actor_id bigint not null references actors on delete cascade,
    post_id bigint not null references posts on delete cascade,
    created_at timestamptz not null default now(),
    primary key (actor_id, post_id)
);

-- What people tell moderators about others, with what they saw at that time.
create table reports (
    id bigint primary key default next_id(),
    uri text not null unique check (octet_length(uri) <= 2048),
    reporter_id bigint not null references actors on delete cascade,
    target_id bigint not null references actors on delete cascade,
    comment text not null default '' check (char_length(comment) <= 5000),
    -- [{uri, content, warning, published}]
    evidence jsonb not null default '[]',
    is_forwarded boolean not null default false,
    created_at timestamptz not null default now(),
    resolved_at timestamptz
);

create index reports_open on reports (id) where resolved_at is null;
create index reports_target on reports (target_id, id);

-- An activity about a post ends with the post.
alter table activities add column post_id bigint references posts on delete cascade;
create index activities_post on activities (post_id) where post_id is not null;

-- Of our own things nobody may forget that they were deleted.
alter table tombstones
    add column is_ours boolean not null default false,
    add column former_type text;

alter table notifications add column post_id bigint references posts on delete cascade;
create unique index notifications_post on notifications (recipient_id, kind, from_id, post_id) where post_id is not null;
create unique index notifications_person on notifications (recipient_id, kind, from_id)
    where post_id is null and session_id is null;
create index notifications_about_post on notifications (post_id) where post_id is not null;

-- Other servers, by host and port where that is not the usual one.
create table hosts (
    host text primary key check (octet_length(host) <= 261),
    -- When one of its actors first proved to be there.
    known_since timestamptz not null default now()
);

-- Texts of others are clean from now on when they are written; what was written before comes again with the next fetch.
update actors set summary = '', fetched_at = null where domain is not null;
