-- What the two people of a session keep about it together, as the people of this community read it.
create table session_workspaces (
    session_id uuid primary key references sessions on delete cascade,
    version integer not null check (version >= 0),
    state jsonb not null,
    -- Where another community decides: what it told last, without what waits here for being heard.
    told_state jsonb,
    -- How many changes were numbered for the other community.
    numbered integer not null default 0,
    -- When they really met: beside the state, for lists.
    started_at timestamptz,
    ended_at timestamptz check (ended_at > started_at),
    changed_at timestamptz not null,
    -- When each side of this community was last told of changes, and of what it was not told yet.
    mentee_told_at timestamptz,
    mentor_told_at timestamptz,
    mentee_news text[] not null default '{}',
    mentor_news text[] not null default '{}'
);

-- What people of this community did and the community that decides has not heard yet.
create table session_workspace_changes (
    session_id uuid not null references session_workspaces on delete cascade,
    number integer not null check (number > 0),
    change jsonb not null,
    primary key (session_id, number)
);

-- Every text that the shared notes had or should have had.
create table session_note_versions (
    id uuid not null,
    session_id uuid not null references sessions on delete cascade,
    -- Upon which version it was written.
    upon uuid,
    text text not null check (char_length(text) <= 20000),
    role text not null check (role in ('mentee', 'mentor')),
    at timestamptz not null,
    -- Waits for the community that decides; was taken; or was put aside, because the notes had changed meanwhile.
    fate text not null check (fate in ('waiting', 'taken', 'set_aside')),
    primary key (session_id, id)
);

create index session_note_versions_session on session_note_versions (session_id, at);

-- Which session another one follows; of an offer, which one led to it.
alter table sessions add column follows_id uuid references sessions on delete set null;
alter table private_offers add column follows_id uuid references sessions on delete set null;
create index sessions_follows on sessions (follows_id) where follows_id is not null;
create index private_offers_follows on private_offers (follows_id) where follows_id is not null;
