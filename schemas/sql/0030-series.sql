-- Sessions that were asked for at once and follow one rhythm. Each date is a session like every other; what holds for
-- sessions holds for it.
create table series (
    id uuid primary key,
    -- Names it between communities; at the origin of the mentee's.
    uri text not null unique check (octet_length(uri) <= 2048),
    mentee_id bigint not null references actors,
    mentor_id bigint not null references actors,
    frequency text not null check (frequency in ('weekly', 'every_two_weeks', 'monthly')),
    -- In which its times of the wall clock are meant.
    zone text not null,
    -- How many dates were asked for.
    dates smallint not null check (dates between 2 and 52),
    created_at timestamptz not null,
    check (mentee_id <> mentor_id)
);

create table series_dates (
    session_id uuid primary key references sessions on delete cascade,
    series_id uuid not null references series on delete cascade,
    position smallint not null check (position between 1 and 52),
    unique (series_id, position)
);

-- What one of the two did to several dates at once, whose parts come one by one: people are told of it once. What has no
-- more left is told of its own.
create table series_acts (
    series_id uuid not null references series on delete cascade,
    act text not null check (octet_length(act) <= 2048),
    -- What happened to each date by it.
    kind text not null,
    -- Parts that will be told by this one.
    parts_left smallint not null check (parts_left between 0 and 51),
    primary key (series_id, act, kind)
);
