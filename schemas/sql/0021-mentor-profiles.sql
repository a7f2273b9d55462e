-- What mentors say of themselves beyond what they know and give.
alter table mentor_profiles
    add column goals text[] not null default '{}',
    add column returns_on date check (returns_on is null or not is_accepting),
    add column styles text[] not null default '{}' check (styles <@ '{async,scheduled,casual}'),
    add column hours_a_month integer check (hours_a_month between 1 and 100),
    add column most_mentees integer check (most_mentees between 1 and 50),
    add column video text check (octet_length(video) <= 2048),
    -- [{text, required, least_length}]
    add column questions jsonb not null default '[]';

-- A profile is shown where its person wants it and the community lets them be a mentor.
alter table mentor_profiles rename column is_published to has_consent;
alter table mentor_profiles
    add column is_admitted boolean not null default true;
alter table mentor_profiles
    add column is_published boolean generated always as (has_consent and is_admitted) stored;

-- What people wrote to become mentors, and what they were answered.
create table mentor_applications (
    id bigint primary key default next_id(),
    actor_id bigint not null references accounts on delete cascade,
    text text not null check (char_length(text) between 1 and 5000),
    created_at timestamptz not null default now(),
    decided_at timestamptz,
    -- NULL in what is decided is a yes.
    refusal text check (char_length(refusal) between 1 and 1000),
    decider_id bigint references accounts on delete set null,
    check (decided_at is not null or (refusal is null and decider_id is null))
);

create unique index mentor_applications_waiting on mentor_applications (actor_id) where decided_at is null;
create index mentor_applications_actor on mentor_applications (actor_id, id);

-- Mentors who let requests expire are paused; those who answer are shown first.
alter table mentor_profiles
    -- Paused because requests in a row expired unanswered.
    add column is_silent boolean not null default false check (not (is_silent and is_accepting)),
    -- When they came back; what expired before counts no more.
    add column woken_at timestamptz,
    -- 0 silent, 1 slow, 2 too few asks to tell, 3 responsive.
    add column standing integer not null default 2 check (standing between 0 and 3);

create index sessions_expired on sessions (mentor_id, ended_at) where status = 'expired';

-- Finding mentors by words in the language of their profile: what PostgreSQL 13 knows to stem.
create function text_config(languages text[]) returns text language sql immutable parallel safe as $$
    select coalesce((
        select config
        from unnest(languages) with ordinality as given (tag, place)
            join (values ('ar', 'arabic'), ('da', 'danish'), ('nl', 'dutch'), ('en', 'english'), ('fi', 'finnish'),
                ('fr', 'french'), ('de', 'german'), ('el', 'greek'), ('hu', 'hungarian'), ('id', 'indonesian'),
                ('ga', 'irish'), ('it', 'italian'), ('lt', 'lithuanian'), ('ne', 'nepali'), ('no', 'norwegian'),
                ('nb', 'norwegian'), ('nn', 'norwegian'), ('pt', 'portuguese'), ('ro', 'romanian'), ('ru', 'russian'),
                ('es', 'spanish'), ('sv', 'swedish'), ('ta', 'tamil'), ('tr', 'turkish')) as known (code, config)
                on code = split_part(tag, '-', 1)
        order by place limit 1), 'simple')
$$;

-- The words as they are, for whoever looks for names; their stems; and by which language they were stemmed.
create function mentor_words(languages text[], said text) returns tsvector language sql immutable parallel safe as $$
    select to_tsvector('simple', said) || to_tsvector(text_config(languages)::regconfig, said)
        || array_to_tsvector(array['=' || text_config(languages)])
$$;

alter table mentor_profiles add column stemming text generated always as (text_config(languages)) stored;
create index mentor_profiles_stemming on mentor_profiles (stemming);

create aggregate tsquery_any(tsquery) (sfunc = tsquery_or, stype = tsquery);

-- What somebody looks for, in each language for the profiles of that language; NULL for what has no words. Where all
-- is too common a word to be kept, it is looked for as it stands.
create function mentor_query(asked text) returns tsquery language sql stable strict parallel safe as $$
    with recursive used (config) as (
        (select stemming from mentor_profiles order by stemming limit 1)
        union all
        select (select stemming from mentor_profiles where stemming > config order by stemming limit 1) from used
        where config is not null)
    select tsquery_any(('''=' || config || '''')::tsquery && case when numnode(stemmed) > 0 then stemmed else plain end)
    from used cross join lateral (
        select websearch_to_tsquery(config::regconfig, asked) as stemmed,
            websearch_to_tsquery('simple', asked) as plain) as read
    where config is not null and numnode(plain) > 0
$$;

update mentor_profiles set words = mentor_words(languages, bio || ' ' || array_to_string(expertise, ' ') || ' '
    || (select name || ' ' || username from actors where id = actor_id));

-- The shelf on which a mentor stands: those who take requests and answer them come first.
alter table mentor_profiles
    add column shelf integer generated always as ((case when is_accepting then 0 else 4 end) + 3 - standing) stored;

create index mentor_profiles_shelf on mentor_profiles (shelf, actor_id) where is_published;
create index mentor_profiles_zone on mentor_profiles (zone);

-- What a mentor gives, to be found by it: `type artistic`, for what costs nothing `free artistic` and `free`, too.
alter table mentor_profiles add column gives text[] not null default '{}';
update mentor_profiles set gives = array(
    select distinct word from mentor_offers cross join lateral unnest(
        case when amount is null then array['type ' || type, 'free ' || type, 'free'] else array['type ' || type] end) word
    where mentor_offers.actor_id = mentor_profiles.actor_id);
create index mentor_profiles_gives on mentor_profiles using gin (gives);

-- Mentors who fit, in no order, and at most so many: enough to tell rare ones, which are sorted, from common ones, whom
-- a walk along the shelves finds soon. Statistics know little of words that hardly anybody uses, so the way is laid down.
create function mentor_candidates(
    tags text[], tongues text[], asked tsquery, zones text[], gift text, most integer
) returns bigint[] language plpgsql stable parallel safe
    set enable_seqscan = off set enable_indexscan = off set plan_cache_mode = force_custom_plan set jit = off as $$
begin
    return array(
        select actor_id from mentor_profiles
        where is_published and (tags is null or expertise @> tags) and (tongues is null or languages @> tongues)
            and (asked is null or words @@ asked) and (zones is null or zone = any (zones))
            and (gift is null or gives @> array[gift])
        limit most);
end
$$;
