-- What somebody looks for, as PostgreSQL reads it: `loose` are the stems of every language that is used, cheap to find by
-- the index and never less than `exact`, each language for the profiles of that language. NULL for what has no words.
-- Where all is too common a word to be kept, it is looked for as it stands.
create function mentor_queries(asked text, out loose tsquery, out exact tsquery)
    language plpgsql stable parallel safe as $$
begin
    with recursive used (config) as (
        (select stemming from mentor_profiles order by stemming limit 1)
        union all
        select (select stemming from mentor_profiles where stemming > config order by stemming limit 1) from used
        where config is not null),
    read as (
        select config, case when numnode(stemmed) > 0 then stemmed else plain end as words
        from used cross join lateral (
            select websearch_to_tsquery(config::regconfig, asked) as stemmed,
                websearch_to_tsquery('simple', asked) as plain) as one
        where config is not null and numnode(plain) > 0)
    select tsquery_any(distinct words), tsquery_any(('''=' || config || '''')::tsquery && words)
    into loose, exact from read;
end
$$;

-- Words of goals that the mentee's language or English has in every sentence are left out.
create or replace function matching_terms(names text[], asked text[], subjects boolean[], tongues text[])
    returns table (place integer, loose tsquery, exact tsquery) language plpgsql stable parallel safe as $$
begin
    return query
        select term.place::integer, words.loose, words.exact
        from unnest(names, asked, subjects) with ordinality as term (name, query, is_subject, place)
            cross join lateral mentor_queries(term.query) as words
        where term.is_subject or not exists (
            select from unnest(array['english', text_config(tongues)]) as config
            where numnode(plainto_tsquery(config::regconfig, term.name)) = 0);
end
$$;

-- Everybody who may be it by what is indexed, in no order. The words of each language are not asked of the index: that
-- one which has them is of that language is told by the profile.
drop function mentor_candidates(text[], text[], tsquery, text[], text, timestamptz, integer);
create function mentor_candidates(
    tags text[], tongues text[], loose tsquery, exact tsquery, zones text[], gift text, free_before timestamptz,
    most integer
) returns bigint[] language plpgsql stable parallel safe
    set enable_seqscan = off set enable_indexscan = off set plan_cache_mode = force_custom_plan set jit = off as $$
begin
    return array(
        select actor_id from mentor_profiles
        where is_published and (tags is null or expertise @> tags) and (tongues is null or languages @> tongues)
            and (loose is null or (words @@ loose and (words @@ exact) is true))
            and (zones is null or zone = any (zones)) and (gift is null or gives @> array[gift])
            and (free_before is null or (next_free_at < free_before and free_lapses_at > now()))
        limit most);
end
$$;

drop function mentor_query(text);
