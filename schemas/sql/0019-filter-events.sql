-- Programs that listen are told when their person's filters change, whichever server of the community changed them.
alter table stream_events drop constraint stream_events_kind_check;
alter table stream_events add constraint stream_events_kind_check
    check (kind in ('published', 'edited', 'deleted', 'boosted', 'unboosted', 'noticed', 'related', 'filtered'));
