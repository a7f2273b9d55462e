-- Words and posts that people do not want to read.
create table filters (
    id bigint generated always as identity primary key,
    owner_id bigint not null references accounts on delete cascade,
    title text not null check (char_length(title) between 1 and 200),
    contexts text[] not null,
    action text not null check (action in ('warn', 'hide')),
    ends_at timestamptz
);

create index filters_owner on filters (owner_id, id);

create table filter_keywords (
    id bigint generated always as identity primary key,
    filter_id bigint not null references filters on delete cascade,
    keyword text not null check (char_length(keyword) between 1 and 200),
    is_whole_word boolean not null
);

create index filter_keywords_filter on filter_keywords (filter_id, id);

create table filter_posts (
    id bigint generated always as identity primary key,
    filter_id bigint not null references filters on delete cascade,
    post_id bigint not null references posts on delete cascade,
    unique (filter_id, post_id)
);

create index filter_posts_post on filter_posts (post_id);
