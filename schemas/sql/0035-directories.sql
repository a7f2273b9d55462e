-- The mentors of this community whom other communities find in its directory, in the order in which they came into it.
create table directory_entries (
    actor_id bigint primary key references actors on delete cascade,
    number bigint not null unique default next_id()
);

insert into directory_entries (actor_id)
select actor_id from mentor_profiles join accounts using (actor_id) join actors on actors.id = actor_id
where is_published and kind = 'Person' and gone_at is null and moved_to_id is null order by actor_id;

-- Counts the changes of the directory, so that others notice when they missed one. One row.
create table directory_revision (
    revision bigint not null check (revision >= 0)
);

create unique index directory_revision_single on directory_revision ((true));
insert into directory_revision (revision) values (0);

-- Communities whose mentors are to be found here, by the actor of each; whether they agreed stands in `follows`.
create table neighbours (
    actor_id bigint primary key references actors on delete cascade,
    host text not null unique check (octet_length(host) <= 261),
    -- Of its directory.
    address text not null check (octet_length(address) <= 2048),
    added_at timestamptz not null default now(),
    -- The change up to which the directory is known; NULL where its server counts none, or it was never read.
    revision bigint,
    -- How often something was heard by which what is known may be wrong, and how often a reading has settled that.
    doubts bigint not null default 0,
    settled bigint not null default 0,
    -- When the directory was last read to its end, and tried.
    read_at timestamptz,
    tried_at timestamptz,
    failure text check (char_length(failure) <= 200),
    failures integer not null default 0,
    -- Nothing is asked of it before.
    rests_until timestamptz not null default now()
);

create table neighbour_mentors (
    neighbour_id bigint not null references neighbours on delete cascade,
    uri text not null check (octet_length(uri) <= 2048),
    is_listed boolean not null default true,
    -- The change that said so, where it was one that was told.
    revision bigint,
    -- When the mentor last changed, as the directory says.
    told_at timestamptz,
    -- When to fetch the mentor's own document; NULL while it is known.
    fetch_at timestamptz default now(),
    tries integer not null default 0,
    primary key (neighbour_id, uri)
);

create index neighbour_mentors_fetch on neighbour_mentors (neighbour_id, fetch_at) where fetch_at is not null;
create index neighbour_mentors_uri on neighbour_mentors (uri) where is_listed;

-- When the community of a mentor elsewhere was last asked for their next free time.
alter table mentor_profiles add column times_asked_at timestamptz;
