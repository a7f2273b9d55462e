-- Where the author of what a post of ours answers vouches that the answer is welcome (GoToSocial's interaction policies).
alter table posts add column approval_uri text check (octet_length(approval_uri) <= 2048);
