-- When mentors take sessions. All of it is written anew when a mentor changes it.
create table availabilities (
    actor_id bigint primary key references accounts on delete cascade,
    -- In which the rules are meant.
    zone text not null check (octet_length(zone) <= 100),
    -- Caps over all sessions; null is none.
    most_a_day smallint check (most_a_day between 1 and 50),
    most_a_week smallint check (most_a_week between 1 and 200),
    hours_a_month smallint check (hours_a_month between 1 and 400),
    updated_at timestamptz not null default now()
);

-- Open hours of every week, in minutes of the wall clock. No two of a person overlap; a range of one number stands for
-- equality, so that this needs no extension.
create table availability_rules (
    actor_id bigint not null references availabilities on delete cascade,
    -- 1 is Monday.
    weekday smallint not null check (weekday between 1 and 7),
    opens smallint not null,
    closes smallint not null,
    check (0 <= opens and opens < closes and closes <= 1440),
    exclude using gist (
        int8range(actor_id, actor_id, '[]') with &&, int4range(weekday, weekday, '[]') with &&,
        int4range(opens, closes) with &&)
);

create index availability_rules_actor on availability_rules (actor_id);

-- Days on which other hours hold in place of the rules, or none.
create table availability_exceptions (
    actor_id bigint not null references availabilities on delete cascade,
    day date not null,
    primary key (actor_id, day)
);

create table availability_exception_hours (
    actor_id bigint not null,
    day date not null,
    opens smallint not null,
    closes smallint not null,
    foreign key (actor_id, day) references availability_exceptions on delete cascade,
    check (0 <= opens and opens < closes and closes <= 1440),
    exclude using gist (
        int8range(actor_id, actor_id, '[]') with &&, daterange(day, day, '[]') with &&,
        int4range(opens, closes) with &&)
);

create index availability_exception_hours_day on availability_exception_hours (actor_id, day);

-- Days on which the rules are read in another zone.
create table availability_travels (
    actor_id bigint not null references availabilities on delete cascade,
    first_day date not null,
    last_day date not null,
    zone text not null check (octet_length(zone) <= 100),
    check (first_day <= last_day),
    exclude using gist (
        int8range(actor_id, actor_id, '[]') with &&, daterange(first_day, last_day, '[]') with &&)
);

-- Days on which a mentor takes no sessions.
create table availability_absences (
    actor_id bigint not null references availabilities on delete cascade,
    first_day date not null,
    last_day date not null,
    returns date not null,
    -- A handle; empty for nobody.
    stand_in text not null default '',
    note text not null default '' check (char_length(note) <= 500),
    check (first_day <= last_day and last_day < returns),
    exclude using gist (
        int8range(actor_id, actor_id, '[]') with &&, daterange(first_day, last_day, '[]') with &&)
);

-- Times that a mentor keeps free; nobody else is told why. They may overlap.
create table availability_blocked (
    actor_id bigint not null references availabilities on delete cascade,
    starts_at timestamptz not null,
    ends_at timestamptz not null check (starts_at < ends_at),
    reason text not null default '' check (char_length(reason) <= 500)
);

create index availability_blocked_actor on availability_blocked (actor_id, starts_at);

-- What holds for sessions of a type, in minutes and days.
create table availability_limits (
    actor_id bigint not null references availabilities on delete cascade,
    type text not null references session_types on update cascade on delete cascade,
    notice integer not null check (notice between 0 and 86400),
    furthest_days smallint not null check (furthest_days between 1 and 730),
    buffer_before smallint not null check (buffer_before between 0 and 480),
    buffer_after smallint not null check (buffer_after between 0 and 480),
    grid smallint not null check (grid between 5 and 480),
    most_a_day smallint check (most_a_day between 1 and 100),
    primary key (actor_id, type)
);

-- No mentor of ours has two sessions at once, whatever the program believes: neither agreed ones nor the agreed time of
-- one that waits to be moved. Mentors elsewhere are for their own server to keep from it. What depends on no setting of
-- a connection can be indexed: times of UTC.
alter table sessions add constraint sessions_no_double_booking exclude using gist (
    int8range(mentor_id, mentor_id, '[]') with &&,
    (case when status = 'scheduled'
        then tsrange(starts_at at time zone 'UTC', (starts_at at time zone 'UTC') + make_interval(mins => minutes))
        else tsrange(held_starts_at at time zone 'UTC',
            (held_starts_at at time zone 'UTC') + make_interval(mins => held_minutes))
        end) with &&)
    where (custody <> 'owner' and (status = 'scheduled' or (status = 'pending' and held_starts_at is not null)));

-- What somebody has at a time, also what is over: it counts towards the caps of its day, week and month.
create index sessions_mentor_times on sessions (mentor_id, starts_at);
create index sessions_mentee_times on sessions (mentee_id, starts_at);
