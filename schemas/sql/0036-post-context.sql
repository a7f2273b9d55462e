-- The session between its two people to which a direct post belongs, by the id of its Event.
alter table posts add column context text check (octet_length(context) <= 2048);

create index posts_context on posts (context, id) where context is not null;
