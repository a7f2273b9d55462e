-- Each side can object to what the other told.
alter table sessions rename column dispute to mentor_dispute;
alter table sessions add column mentee_dispute jsonb;

-- When somebody was told that a session which they missed counts. What counted before is no news.
alter table no_shows add column told_at timestamptz;
update no_shows set told_at = now() where stands_from <= now();

-- Why a mentor takes no requests.
alter table mentor_profiles
    add column paused_by text check (paused_by in ('mentor', 'silence', 'no_shows')),
    add check (not is_accepting or paused_by is null);
update mentor_profiles set paused_by = case when is_silent then 'silence' else 'mentor' end where not is_accepting;
alter table mentor_profiles drop column is_silent;
