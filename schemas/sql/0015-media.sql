-- Pictures that people here uploaded, as they were made anew.
create table media (
    id bigint primary key default next_id(),
    owner_id bigint not null references accounts on delete cascade,
    purpose text not null check (purpose in ('post', 'avatar', 'header')),
    -- What their addresses are made of; another one when they leave a post, so that its addresses lead nowhere any more.
    key uuid not null unique,
    type text not null check (type in ('image/jpeg', 'image/webp')),
    width integer not null check (width > 0),
    height integer not null check (height > 0),
    preview_width integer check (preview_width > 0),
    preview_height integer check (preview_height > 0),
    description text check (char_length(description) between 1 and 1500),
    focus_x double precision check (focus_x between -1 and 1),
    focus_y double precision check (focus_y between -1 and 1),
    original bytea not null,
    preview bytea,
    -- With a post all goes that it shows or has shown.
    post_id bigint references posts on delete cascade,
    -- Since when a picture for a post belongs to none.
    waiting_since timestamptz not null default now(),
    check ((focus_x is null) = (focus_y is null)),
    check ((preview is null) = (preview_width is null) and (preview is null) = (preview_height is null))
);

-- Compressed they are already.
alter table media alter column original set storage external, alter column preview set storage external;

create index media_owner on media (owner_id, purpose);
create index media_post on media (post_id) where post_id is not null;
create index media_waiting on media (waiting_since) where post_id is null and purpose = 'post';
