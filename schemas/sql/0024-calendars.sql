-- Calendars that people have elsewhere and that say when they are busy.
create table calendars (
    id bigint primary key default next_id(),
    actor_id bigint not null references accounts on delete cascade,
    name text not null check (char_length(name) between 1 and 100),
    -- Whoever knows it can read the calendar.
    address text not null check (octet_length(address) <= 2048),
    created_at timestamptz not null default now(),
    -- A job waits for this moment; one that waits for another is no longer right.
    next_try_at timestamptz not null,
    last_tried_at timestamptz,
    last_good_at timestamptz,
    -- Tries in a row that gave no times, and a sentence on the last of them.
    failures integer not null default 0 check (failures >= 0),
    problem text check (char_length(problem) <= 500),
    -- Whether its owner has been told of them.
    is_told boolean not null default false,
    -- Entries that could not be read when the rest could.
    unreadable integer not null default 0 check (unreadable >= 0),
    -- What was read last: by which to ask for a newer one, to know it again, and how it was understood.
    etag text,
    modified text,
    digest bytea,
    zone text,
    read_at timestamptz,
    unique (actor_id, address)
);

create index calendars_next_try on calendars (next_try_at);

-- When their owners are busy, and nothing of what with. No two of one calendar touch.
create table calendar_times (
    calendar_id bigint not null references calendars on delete cascade,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    primary key (calendar_id, starts_at),
    check (starts_at < ends_at)
);
