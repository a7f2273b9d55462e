-- Words of names, by which people are searched for.
create index actors_name_words on actors using gin (to_tsvector('simple', name));
