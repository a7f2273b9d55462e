-- What is known of the way to other servers, beside when they first proved to be there (null: not yet).
alter table hosts
    alter column known_since drop not null,
    -- Failed attempts in a row: no connection, no answer, or an error of the server's own.
    add column failures integer not null default 0,
    -- Distinct days with a failure since the host last answered.
    add column failure_days integer not null default 0,
    add column failed_at timestamptz,
    -- How the last attempt failed.
    add column failure text check (octet_length(failure) <= 1000),
    -- Until then nothing is sent; after it one job is tried at a time, until one gets through.
    add column closed_until timestamptz,
    -- When the host last answered or wrote to us, to the minute.
    add column answered_at timestamptz,
    -- When it came back after it had been closed.
    add column recovered_at timestamptz,
    -- When its shared inbox said that it is gone for good.
    add column gone_at timestamptz,
    -- The form of signature that it accepted when it refused the other, and when.
    add column signature_form text check (signature_form in ('draft-cavage', 'rfc9421')),
    add column signature_form_at timestamptz;

create index hosts_unproven on hosts (coalesce(answered_at, failed_at)) where known_since is null;
alter table hosts set (fillfactor = 80);

alter table jobs
    -- How often a process ended, or froze, while it did this.
    add column deaths smallint not null default 0,
    -- Put off because an earlier job of its sequence has to end first.
    add column is_blocked boolean not null default false,
    -- How attempts went that did not end it, the last 20: {at, reason, note}.
    add column history jsonb not null default '[]';

-- One probe of this index finds the earliest job of a lane and priority, and where the next begin.
create index jobs_waiting on jobs (lane, priority, due_at, id) where dead_at is null and lease is null;
create index jobs_leased on jobs (leased_until) where dead_at is null and lease is not null;
create index jobs_dead on jobs (dead_at) where dead_at is not null;
drop index jobs_claimable;

-- Who is behind an inbox.
create index actors_inbox on actors (inbox) where domain is not null;
create index actors_shared_inbox on actors (shared_inbox) where domain is not null and shared_inbox is not null;
