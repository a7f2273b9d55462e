-- The words of a post, worked out once: for a word that everybody uses, a search looks at the newest posts one by one.
alter table posts
    add column words tsvector not null
        generated always as (to_tsvector('simple', title || ' ' || warning || ' ' || content)) stored;
drop index posts_words;
create index posts_words on posts using gin (words);
