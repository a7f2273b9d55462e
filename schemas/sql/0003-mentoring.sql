-- The community's catalogue of session types.
create table session_types (
    name text primary key check (name ~ '^[a-z0-9_]{1,40}$'),
    label text not null check (char_length(label) between 1 and 80),
    description text not null default '' check (char_length(description) <= 500),
    durations integer[] not null check (cardinality(durations) between 1 and 12),
    pricing text not null check (pricing in ('always_free', 'mentor_sets_rate')),
    position integer not null default 0,
    is_offered boolean not null default true
);

insert into session_types (name, label, description, durations, pricing, position) values
    ('artistic', 'Artistic consultation',
        'Creative consultation: draft poem critique, art feedback, music review.',
        '{30,45,60,90}', 'mentor_sets_rate', 1),
    ('knowledge_transfer', 'Knowledge transfer',
        'Business advice, career guidance, sharing of technical skills.',
        '{30,45,60,90}', 'mentor_sets_rate', 2),
    ('panamia_planning', 'Community planning',
        'Planning and coordination of the community. Always free.',
        '{15,30,45,60}', 'always_free', 3),
    ('pana_support', 'Peer support',
        'True peer mentoring: personal support and comradery.',
        '{15,30,45,60}', 'mentor_sets_rate', 4);

-- Mentor profiles: of people here, and of mentors elsewhere as their actor documents tell.
create table mentor_profiles (
    actor_id bigint primary key references actors on delete cascade,
    bio text not null check (char_length(bio) <= 5000),
    expertise text[] not null,
    languages text[] not null,
    zone text not null check (octet_length(zone) <= 100),
    is_accepting boolean not null,
    is_published boolean not null,
    audience text not null check (audience in ('anyone', 'followers', 'known', 'nobody')),
    updated_at timestamptz not null default now(),
    -- Words of name, bio and expertise, for searching.
    words tsvector not null default ''
);

create index mentor_profiles_expertise on mentor_profiles using gin (expertise);
create index mentor_profiles_languages on mentor_profiles using gin (languages);
create index mentor_profiles_words on mentor_profiles using gin (words);

create table mentor_offers (
    actor_id bigint not null references mentor_profiles on delete cascade,
    position integer not null,
    type text not null check (octet_length(type) <= 100),
    amount text,
    currency text,
    per text,
    primary key (actor_id, position),
    check ((amount is null) = (currency is null) and (amount is null) = (per is null))
);

-- Sessions as this community holds them. The mentee's community owns a session; elsewhere it is a mirror.
create table sessions (
    id uuid primary key,
    -- Sorts by the time of arrival here.
    number bigint not null unique default next_id(),
    uri text not null unique check (octet_length(uri) <= 2048),
    invite_uri text not null unique check (octet_length(invite_uri) <= 2048),
    mentee_id bigint not null references actors,
    mentor_id bigint not null references actors,
    custody text not null check (custody in ('here', 'owner', 'mirror')),
    kind_name text not null,
    kind_label text not null,
    kind_pricing text check (kind_pricing in ('always_free', 'mentor_sets_rate')),
    topic text not null,
    message text not null,
    requested_at timestamptz not null,
    starts_at timestamptz not null,
    minutes integer not null check (minutes between 1 and 480),
    zone text not null,
    medium text not null check (medium in ('online', 'phone', 'in_person')),
    place_detail text,
    place_link text,
    rate_amount text,
    rate_currency text,
    rate_per text,
    revision integer not null check (revision >= 0),
    revised_at timestamptz not null,
    status text not null
        check (status in ('pending', 'scheduled', 'declined', 'cancelled', 'expired', 'completed', 'no_show')),
    answer_by timestamptz not null,
    updated_at timestamptz not null,
    restated_at timestamptz,
    -- The last binding Accept.
    agreement_activity text,
    agreement_revision integer,
    agreement_published timestamptz,
    agreement_confirmed_at timestamptz,
    -- The mentor's last answer.
    answer_kind text check (answer_kind in ('accepted', 'declined', 'cancelled')),
    answer_activity text,
    answer_published timestamptz,
    -- Other times the mentor has put forward: {activity, published, code, text, slots: [{start, minutes, zone}]}.
    proposal jsonb,
    -- The agreed time that is kept while a move waits for its answer.
    held_starts_at timestamptz,
    held_minutes integer,
    held_zone text,
    -- How it was declined, cancelled or expired.
    ended_by text check (ended_by in ('mentee', 'mentor', 'clock')),
    ended_reason_code text,
    ended_reason_text text,
    ended_at timestamptz,
    ended_activity text,
    -- How it went, as each side tells it: {mentee, mentor, minutes, at, activity}; {code, text, at, activity}.
    mentee_report jsonb,
    mentor_report jsonb,
    dispute jsonb,
    check (mentee_id <> mentor_id)
);

create index sessions_mentee on sessions (mentee_id, number);
create index sessions_mentor on sessions (mentor_id, number);
create index sessions_waiting on sessions (mentee_id) where status = 'pending';
create index sessions_taken on sessions (mentor_id, starts_at) where status in ('pending', 'scheduled');
create index sessions_agreement on sessions (agreement_activity) where agreement_activity is not null;

-- What happened to a session, in order.
create table session_events (
    id bigint primary key default next_id(),
    session_id uuid not null references sessions on delete cascade,
    kind text not null,
    role text not null check (role in ('mentee', 'mentor', 'clock')),
    at timestamptz not null,
    revision integer not null,
    activity text not null,
    detail jsonb not null default '{}'
);

create index session_events_session on session_events (session_id, id);

-- What a party keeps for themself about a session; never leaves this server.
create table session_notes (
    session_id uuid not null references sessions on delete cascade,
    actor_id bigint not null references actors on delete cascade,
    text text not null check (char_length(text) <= 20000),
    updated_at timestamptz not null default now(),
    primary key (session_id, actor_id)
);

-- What people of this community are told.
create table notifications (
    id bigint primary key default next_id(),
    recipient_id bigint not null references accounts on delete cascade,
    kind text not null,
    session_id uuid references sessions on delete cascade,
    from_id bigint references actors on delete cascade,
    event_id bigint references session_events on delete cascade,
    created_at timestamptz not null default now(),
    unique (recipient_id, event_id)
);

create index notifications_recipient on notifications (recipient_id, id);
