-- What mentors say of themselves beyond what they know and give.
alter table mentor_profiles
    add column goals text[] not null default '{}',
    add column returns_on date check (returns_on is null or not is_accepting),
    add column styles text[] not null default '{}' check (styles <@ '{async,scheduled,casual}'),
    add column hours_a_month integer check (hours_a_month between 1 and 100),
    add column most_mentees integer check (most_mentees between 1 and 50),
    add column video text check (octet_length(video) <= 2048),
    -- [{text, required, least_length}]
    add column questions jsonb not null default '[]';

-- A profile is shown where its person wants it and the community lets them be a mentor.
alter table mentor_profiles rename column is_published to has_consent;
alter table mentor_profiles
    add column is_admitted boolean not null default true;
alter table mentor_profiles
    add column is_published boolean generated always as (has_consent and is_admitted) stored;

-- What people wrote to become mentors, and what they were answered.
create table mentor_applications (
    id bigint primary key default next_id(),
    actor_id bigint not null references accounts on delete cascade,
    text text not null check (char_length(text) between 1 and 5000),
    created_at timestamptz not null default now(),
    decided_at timestamptz,
    -- NULL in what is decided is a yes.
    refusal text check (char_length(refusal) between 1 and 1000),
    decider_id bigint references accounts on delete set null,
    check (decided_at is not null or (refusal is null and decider_id is null))
);

create unique index mentor_applications_waiting on mentor_applications (actor_id) where decided_at is null;
create index mentor_applications_actor on mentor_applications (actor_id, id);

-- Mentors who let requests expire are paused; those who answer are shown first.
alter table mentor_profiles
    -- Paused because requests in a row expired unanswered.
    add column is_silent boolean not null default false check (not (is_silent and is_accepting)),
    -- When they came back; what expired before counts no more.
    add column woken_at timestamptz,
    -- 0 silent, 1 slow, 2 too few asks to tell, 3 responsive.
    add column standing integer not null default 2 check (standing between 0 and 3);

create index sessions_expired on sessions (mentor_id, ended_at) where status = 'expired';
