-- People whose program or server knows nothing of sessions, and who read and write of them in posts.

-- The party elsewhere to whom all is said in direct posts; null where there is none.
alter table sessions add column in_posts text check (in_posts in ('mentee', 'mentor'));

-- People elsewhere are told by posts, too; and which version of the session a post told of, to which an answer binds.
alter table session_messages drop constraint session_messages_reader_id_fkey;
alter table session_messages add foreign key (reader_id) references actors on delete cascade;
alter table session_messages add column revision integer check (revision >= 0);

-- Times of a mentor that a post told somebody to choose from by number.
create table told_times (
    post_id bigint primary key references posts on delete cascade,
    reader_id bigint not null references actors on delete cascade,
    mentor_id bigint not null references actors on delete cascade,
    -- The session that is to be moved; null for one that is to be asked for.
    session_id uuid references sessions on delete cascade,
    type text not null check (char_length(type) <= 40),
    minutes integer not null check (minutes between 1 and 480),
    zone text not null check (octet_length(zone) <= 100),
    topic text not null check (char_length(topic) <= 200),
    starts timestamptz[] not null check (cardinality(starts) between 1 and 20)
);

create index told_times_reader on told_times (reader_id);

-- What somebody was told once and is not told again.
create table talk_hints (
    reader_id bigint not null references actors on delete cascade,
    about text not null check (octet_length(about) <= 100),
    primary key (reader_id, about)
);

-- The software of a host, as its NodeInfo names it, and when it was asked.
alter table hosts add column software text check (char_length(software) <= 60);
alter table hosts add column software_at timestamptz;
