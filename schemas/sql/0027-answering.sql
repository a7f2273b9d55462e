-- What a meeting online needs beside its link; when who has to act was reminded of it; whether a session was left late;
-- whom a mentor who declines suggests to ask; what a mentor wants to know before they answer.
alter table sessions
    add column place_platform text check (char_length(place_platform) between 1 and 60),
    add column place_passcode text check (char_length(place_passcode) between 1 and 60),
    add column inquiry jsonb,
    add column reminded_at timestamptz,
    add column ended_late boolean not null default false,
    add column ended_suggested text[] not null default '{}' check (cardinality(ended_suggested) <= 5);

-- Where mentors usually meet, by medium: their own room, number or office, which an acceptance without a place takes.
create table usual_places (
    actor_id bigint not null references actors on delete cascade,
    medium text not null check (medium in ('online', 'phone', 'in_person')),
    detail text check (char_length(detail) between 1 and 500),
    link text check (octet_length(link) <= 2048),
    platform text check (char_length(platform) between 1 and 60),
    passcode text check (char_length(passcode) between 1 and 60),
    primary key (actor_id, medium)
);
