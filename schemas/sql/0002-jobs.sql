-- Work that must happen after a commit. A row that is gone is done; a dead one waits for the operator.
create table jobs (
    id bigint primary key default next_id(),
    kind text not null,
    payload jsonb not null,
    -- At most one job of a kind has a given key.
    key text,
    -- Jobs of one sequence run one after the other, by id.
    sequence text,
    -- What shares a limit and is served fairly: for deliveries the host.
    lane text not null default '',
    -- Lower goes first.
    priority smallint not null default 100,
    due_at timestamptz not null default now(),
    attempts integer not null default 0,
    lease uuid,
    leased_until timestamptz,
    last_error text,
    dead_at timestamptz,
    created_at timestamptz not null default now()
);

create unique index jobs_key on jobs (kind, key) where key is not null;
create index jobs_claimable on jobs (priority, due_at) where dead_at is null;
create index jobs_sequence on jobs (sequence, id) where sequence is not null and dead_at is null;
alter table jobs set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
