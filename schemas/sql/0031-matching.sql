-- What people hope for in a mentor, as they keep it.
create table wishes (
    actor_id bigint primary key references accounts on delete cascade,
    goals text not null check (char_length(goals) <= 1000),
    expertise text[] not null,
    languages text[] not null,
    styles text[] not null check (styles <@ '{async,scheduled,casual}'),
    is_free_only boolean not null,
    -- The most that a session may cost; null is any price.
    most_amount text,
    most_currency text,
    most_per text check (most_per in ('session', 'hour')),
    zone text check (octet_length(zone) <= 100),
    -- Hours of every week in which they have time, in minutes of the wall clock; 1 is Monday.
    rule_days smallint[] not null,
    rule_opens smallint[] not null,
    rule_closes smallint[] not null,
    updated_at timestamptz not null default now(),
    check ((most_amount is null) = (most_currency is null) and (most_amount is null) = (most_per is null)),
    check (most_amount is null or not is_free_only),
    check (zone is not null or cardinality(rule_days) = 0),
    check (cardinality(rule_days) = cardinality(rule_opens) and cardinality(rule_days) = cardinality(rule_closes))
);

-- What is looked for, as PostgreSQL reads it: `loose` are the stems of every language that is used, cheap for whoever has
-- to go through many, `exact` each language for its own profiles. Words of goals that the mentee's language or English
-- has in every sentence are left out.
create function matching_terms(names text[], asked text[], subjects boolean[], tongues text[])
    returns table (place integer, loose tsquery, exact tsquery) language plpgsql stable parallel safe as $$
begin
    return query
        with recursive used (config) as (
            (select stemming from mentor_profiles order by stemming limit 1)
            union all
            select (select stemming from mentor_profiles where stemming > config order by stemming limit 1) from used
            where config is not null)
        select term.place::integer, tsquery_any(distinct read.words), tsquery_any(read.words_of_language)
        from unnest(names, asked, subjects) with ordinality as term (name, query, is_subject, place)
            left join lateral (
                select case when numnode(stemmed) > 0 then stemmed else plain end as words,
                    ('''=' || config || '''')::tsquery
                        && case when numnode(stemmed) > 0 then stemmed else plain end as words_of_language
                from used cross join lateral (
                    select websearch_to_tsquery(config::regconfig, term.query) as stemmed,
                        websearch_to_tsquery('simple', term.query) as plain) as one
                where config is not null and numnode(plain) > 0) as read on true
        where term.is_subject or not exists (
            select from unnest(array['english', text_config(tongues)]) as config
            where numnode(plainto_tsquery(config::regconfig, term.name)) = 0)
        group by term.place;
end
$$;

-- Mentors among whom those who suit somebody are looked for, in no order. What many have is met along the shelves and
-- among those who have time soon; what hardly any of the first on the shelves has is found by its index.
--
-- `tags` are the names of each term, separated by commas, `queries` its words.
create function matching_pool(tags text[], queries tsquery[], along integer, most integer)
    returns bigint[] language plpgsql stable parallel safe
    set enable_seqscan = off set plan_cache_mode = force_custom_plan set jit = off as $$
declare
    found bigint[] := '{}';
    common_tags text[] := '{}';
    common tsquery;
    term record;
begin
    for term in
        select string_to_array(tag, ',') as names, query,
            count(*) filter (where words @@ query or expertise && string_to_array(tag, ',')) * 100 < count(*) as is_rare
        from unnest(tags, queries) with ordinality as given (tag, query, place) cross join (
            select words, expertise from mentor_profiles where is_published and shelf < 4
            order by shelf, actor_id limit 200) as first
        group by place, tag, query order by place
    loop
        if term.is_rare then
            found := found || array(
                select actor_id from mentor_profiles
                where is_published and shelf < 4 and (words @@ term.query or expertise && term.names)
                limit most);
        else
            common_tags := common_tags || term.names;
            common := coalesce(common || term.query, common, term.query);
        end if;
    end loop;
    found := found
        || array(
            select actor_id
            from (select actor_id, words, expertise from mentor_profiles where is_published and shelf < 4
                order by shelf, actor_id limit along) as first
            where cardinality(common_tags) = 0 or words @@ common or expertise && common_tags
            limit most)
        || array(
            select actor_id
            from (select actor_id, words, expertise from mentor_profiles
                where is_published and next_free_at is not null and free_lapses_at > now()
                order by next_free_at, actor_id limit along) as soon
            where cardinality(common_tags) = 0 or words @@ common or expertise && common_tags
            limit most);
    -- Where few have any of it, others may suit in what else counts.
    if cardinality(found) < most then
        found := found || array(
            select actor_id from mentor_profiles where is_published and shelf < 4 order by shelf, actor_id limit most);
    end if;
    return found;
end
$$;
