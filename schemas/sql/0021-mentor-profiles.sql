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
