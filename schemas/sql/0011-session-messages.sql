-- Direct posts of the community that tell its people of their sessions.
create table session_messages (
    post_id bigint primary key references posts on delete cascade,
    session_id uuid not null references sessions on delete cascade,
    reader_id bigint not null references accounts on delete cascade
);

create index session_messages_session on session_messages (session_id, reader_id, post_id);
create index session_messages_reader on session_messages (reader_id);
