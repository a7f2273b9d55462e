-- When a session was known to have taken place: from then on its people can rate each other.
alter table sessions add column completed_at timestamptz;
update sessions set completed_at = coalesce(
        (mentee_report->>'at')::timestamptz, (mentor_report->>'at')::timestamptz, updated_at)
    where status = 'completed';

-- What the two of a session think of each other. Nobody sees the other's before both have given theirs, or the time for
-- it is over: revealed_at is when they do.
create table reviews (
    id uuid primary key,
    -- Sorts by the time of arrival here.
    number bigint not null unique default next_id(),
    session_id uuid not null references sessions on delete cascade,
    -- Who gave it.
    role text not null check (role in ('mentee', 'mentor')),
    author_id bigint not null references actors,
    subject_id bigint not null references actors,
    -- Id of the Note by which it travels.
    address text not null unique check (octet_length(address) <= 2048),
    given_at timestamptz not null,
    -- Null while another server has promised it and not sent it yet. In tenths.
    overall smallint check (overall between 10 and 50),
    -- By dimension, 1 to 5.
    scores jsonb,
    words text check (char_length(words) <= 2000),
    is_public boolean not null default false,
    -- SHA-256 of the Note that another server has promised.
    digest bytea check (octet_length(digest) = 32),
    -- Our own Note as it was promised to another server, until it is sent.
    sealed text,
    revealed_at timestamptz,
    cleared_at timestamptz,
    cleared_by bigint references actors,
    unique (session_id, role),
    check ((overall is null) = (scores is null) and (overall is null) = (words is null)),
    check (overall is not null or digest is not null),
    check (revealed_at is null or overall is not null)
);

create index reviews_subject on reviews (subject_id, number) where revealed_at is not null;
create index reviews_author on reviews (author_id);

-- Who is said not to have come to a session, and from when on that counts.
create table no_shows (
    session_id uuid not null references sessions on delete cascade,
    -- Who is said to have been missing.
    role text not null check (role in ('mentee', 'mentor')),
    person_id bigint not null references actors,
    -- Sorts by the time of arrival here.
    number bigint not null unique default next_id(),
    claimed_at timestamptz not null,
    state text not null check (state in ('claimed', 'admitted', 'disputed', 'upheld', 'dismissed')),
    -- What they say to it.
    objection text check (char_length(objection) <= 5000),
    -- Null where it does not count, and may never.
    stands_from timestamptz,
    decided_by bigint references actors,
    decided_at timestamptz,
    primary key (session_id, role),
    check ((stands_from is null) = (state in ('disputed', 'dismissed')))
);

create index no_shows_person on no_shows (person_id, stands_from);
create index no_shows_disputed on no_shows (number) where state = 'disputed';
