-- When the author of what a post of ours answers said that the answer is not welcome: it is not shown below theirs.
alter table posts add column refused_at timestamptz;

-- When the posts that somebody elsewhere shows first were last asked for.
alter table actors add column featured_fetched_at timestamptz;

-- Hashtags are found by their names in NFKC and case folded; until now they were in lower case. As the program folds, so
-- far as this database can: where it knows no rules but its own locale's, letters like ß stay what they are.
do $$
begin
    execute format(
        $function$
        create function pg_temp.hashtag_name(name text) returns text language sql as $body$
            select normalize(
                translate(lower(upper(lower(translate(normalize(name, NFKC), 'ı', chr(57649)) %s))),
                    'ς' || chr(57649), 'σı'), NFKC)
        $body$
        $function$,
        case when exists (select from pg_collation where collname = 'und-x-icu') then 'collate "und-x-icu"' else '' end);
end
$$;

create temporary table renamed_hashtags on commit drop as
    select name, pg_temp.hashtag_name(name) as folded
    from (select name from post_tags union select name from followed_tags union select name from featured_tags) tags;
delete from renamed_hashtags where name = folded;

insert into post_tags (post_id, name)
    select post_id, folded from post_tags join renamed_hashtags using (name) where char_length(folded) between 1 and 100
    on conflict do nothing;
insert into followed_tags (account_id, name)
    select account_id, folded from followed_tags join renamed_hashtags using (name)
    where char_length(folded) between 1 and 100 order by id
    on conflict do nothing;
insert into featured_tags (account_id, name)
    select account_id, folded from featured_tags join renamed_hashtags using (name)
    where char_length(folded) between 1 and 100 order by id
    on conflict do nothing;
delete from post_tags using renamed_hashtags renamed where post_tags.name = renamed.name;
delete from followed_tags using renamed_hashtags renamed where followed_tags.name = renamed.name;
delete from featured_tags using renamed_hashtags renamed where featured_tags.name = renamed.name;

drop function pg_temp.hashtag_name(text);
