-- Posts that are to be published later.
create table scheduled_posts (
    id bigint primary key default next_id(),
    author_id bigint not null references accounts on delete cascade,
    due_at timestamptz not null,
    draft jsonb not null,
    -- Uploads of the draft, which wait with it.
    media_ids bigint[] not null default '{}',
    created_at timestamptz not null default now()
);

create index scheduled_posts_author on scheduled_posts (author_id, id);
create index scheduled_posts_media on scheduled_posts using gin (media_ids);
