-- What mentees answered to the questions of the mentors whom they asked, both as they stood then. NULL is an answer that
-- the mentor demands and another server did not send.
create table session_answers (
    session_id uuid not null references sessions on delete cascade,
    position smallint not null,
    question text not null check (char_length(question) between 1 and 300),
    answer text check (char_length(answer) between 1 and 5000),
    primary key (session_id, position)
);

-- When somebody new could first have a session, and until when that can be asked for: worked out after every change of
-- what it depends on, and when it lapses.
alter table mentor_profiles
    add column next_free_at timestamptz,
    add column free_lapses_at timestamptz,
    -- Whether other servers were told that the mentor has as many mentees as they can have, and when.
    add column is_told_full boolean not null default false,
    add column told_full_at timestamptz,
    add check ((next_free_at is null) = (free_lapses_at is null));

create index mentor_profiles_next_free on mentor_profiles (next_free_at, actor_id)
    where is_published and next_free_at is not null;

-- As before, and by when they have to have time.
drop function mentor_candidates(text[], text[], tsquery, text[], text, integer);
create function mentor_candidates(
    tags text[], tongues text[], asked tsquery, zones text[], gift text, free_before timestamptz, most integer
) returns bigint[] language plpgsql stable parallel safe
    set enable_seqscan = off set enable_indexscan = off set plan_cache_mode = force_custom_plan set jit = off as $$
begin
    return array(
        select actor_id from mentor_profiles
        where is_published and (tags is null or expertise @> tags) and (tongues is null or languages @> tongues)
            and (asked is null or words @@ asked) and (zones is null or zone = any (zones))
            and (gift is null or gives @> array[gift])
            and (free_before is null or (next_free_at < free_before and free_lapses_at > now()))
        limit most);
end
$$;
