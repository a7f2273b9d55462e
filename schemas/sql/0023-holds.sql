-- For how long requests keep their time from others: always, never, or the first hours of the wait.
alter table availabilities
    add column holding text not null default '24' check (holding ~ '^(always|never|[1-9][0-9]{0,2})$');

-- What mentors elsewhere say of it; null where they say nothing.
alter table mentor_profiles
    add column holding text check (holding ~ '^(always|never|[1-9][0-9]{0,2})$');

-- Until when the time asked for is kept, as far as that is known here.
alter table sessions add column held_until timestamptz check (held_until <= answer_by);

-- Times of mentors of ours that are kept for one person: by a request that waits for its answer, or for minutes while
-- somebody writes one.
--
-- Who guarantees what:
-- - No time of a mentor is kept for two: held_times_no_double_holding, whatever the program believes.
-- - No mentor has two sessions at once: sessions_no_double_booking, likewise.
-- - No time is kept that a session has already, and none is agreed unknowingly that is kept for somebody else: by the
--   program, under the lock of the mentor's calendar. A mentor may do the latter on purpose, and then two people wait
--   for one time, of whom one is told no; never does a mentor owe it to both.
--
-- What is past `until` counts for nothing. A constraint cannot know the time, so that such rows are taken away before
-- one is written for the same mentor, under the same lock, and by the daily tidying.
create table held_times (
    id uuid primary key,
    mentor_id bigint not null references accounts on delete cascade,
    -- For whom it is kept.
    holder_id bigint not null references actors on delete cascade,
    type text not null,
    starts_at timestamptz not null,
    minutes integer not null check (minutes between 1 and 480),
    until timestamptz not null,
    -- The request that waits; null while it is being written.
    session_id uuid unique references sessions on delete cascade,
    constraint held_times_no_double_holding exclude using gist (
        int8range(mentor_id, mentor_id, '[]') with &&,
        tsrange(starts_at at time zone 'UTC', (starts_at at time zone 'UTC') + make_interval(mins => minutes)) with &&)
);

-- While writing a person keeps one time of a mentor.
create unique index held_times_writing on held_times (holder_id, mentor_id) where session_id is null;
create index held_times_mentor on held_times (mentor_id, starts_at);
create index held_times_until on held_times (until);
