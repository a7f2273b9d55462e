-- What happened that somebody who listens may want to hear, for a minute. It is written only while anybody listens at
-- all. Timelines and notifications have everything that is told, so that nothing is lost with these tables: they need
-- not survive a crash.
create unlogged table stream_events (
    id bigint generated always as identity,
    -- Readers know by it what they have not seen yet, in whatever order transactions end.
    xid xid8 not null default pg_current_xact_id(),
    at timestamptz not null default now(),
    kind text not null
        check (kind in ('published', 'edited', 'deleted', 'boosted', 'unboosted', 'noticed', 'related')),
    actor_id bigint not null,
    post_id bigint,
    -- By which feeds know it: the number of the post, and those of its boosts.
    entries bigint[] not null default '{}',
    -- Of a deleted post what cannot be looked up any more.
    thread_id bigint,
    is_public boolean not null default false,
    is_local boolean not null default false,
    is_reply boolean not null default false,
    has_media boolean not null default false,
    tags text[] not null default '{}',
    people bigint[] not null default '{}'
);

create index stream_events_xid on stream_events (xid);
alter table stream_events set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

-- Servers of this community on which somebody listens.
create unlogged table stream_listeners (
    server uuid primary key,
    since timestamptz not null default now(),
    until timestamptz not null
);
