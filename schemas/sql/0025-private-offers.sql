-- Where the community of a mentor elsewhere tells their free times.
alter table mentor_profiles add column times_address text check (octet_length(times_address) <= 2048);

-- Times that a mentor of ours keeps ready for one person: whoever takes one of them first has a session, and with that
-- the offer is used up.
create table private_offers (
    id bigint primary key default next_id(),
    mentor_id bigint not null references accounts on delete cascade,
    -- SHA-256 of the secret in the link.
    token_hash bytea not null unique,
    -- For whom; null is whoever has the link.
    reader_id bigint references actors on delete cascade,
    kind_name text not null,
    kind_label text not null,
    kind_pricing text not null check (kind_pricing in ('always_free', 'mentor_sets_rate')),
    minutes smallint not null check (minutes between 1 and 480),
    rate_amount text,
    rate_currency text,
    rate_per text,
    message text not null default '' check (char_length(message) <= 5000),
    starts timestamptz[] not null check (cardinality(starts) between 1 and 10),
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    revoked_at timestamptz,
    used_at timestamptz,
    -- No offer gives two sessions, and no session comes of two offers.
    session_id uuid unique references sessions on delete set null,
    check ((rate_amount is null) = (rate_currency is null) and (rate_amount is null) = (rate_per is null)),
    check (used_at is null or revoked_at is null),
    check (session_id is null or used_at is not null)
);

create index private_offers_mentor on private_offers (mentor_id, id);
create index private_offers_reader on private_offers (reader_id) where reader_id is not null;

-- By which link of a mentor elsewhere the mentee takes what they were offered; the request carries it.
alter table sessions add column offer_link text check (octet_length(offer_link) <= 2048);
