-- What the community has decided about other domains. A rule covers every name below its domain, unless there is one
-- about the longer name.
create table domain_rules (
    domain text primary key check (domain ~ '^[a-z0-9_-]+(\.[a-z0-9_-]+)*$' and octet_length(domain) <= 255),
    kind text not null check (kind in ('block', 'limit', 'allow')),
    reason text not null default '' check (char_length(reason) <= 1000),
    author text not null check (char_length(author) between 1 and 200),
    created_at timestamptz not null default now()
);

-- Counts the changes of the rules, so that every server sees at a glance whether what it holds is still right.
create table domain_rules_version (version bigint not null);
insert into domain_rules_version values (0);

create function count_domain_rules_change() returns trigger language plpgsql as $$
begin
    update domain_rules_version set version = version + 1;
    return null;
end
$$;

create trigger domain_rules_change after insert or update or delete or truncate on domain_rules
    for each statement execute function count_domain_rules_change();

-- Domains that came while only listed ones are let in, for somebody to look at. What they say of themselves is not
-- proven.
create table domain_requests (
    domain text primary key check (octet_length(domain) <= 255),
    first_seen timestamptz not null default now(),
    last_seen timestamptz not null default now(),
    attempts integer not null default 1
);

create index domain_requests_seen on domain_requests (last_seen);

-- The host of an address, without port and final dot; null where there is none.
create function uri_host(uri text) returns text language sql immutable parallel safe as $$
    select rtrim(lower(substring(uri from '^[A-Za-z]+://([^/?#:]+)')), '.')
$$;

-- a.b.test gives {a.b.test, b.test, test}.
create function domain_and_parents(domain text) returns text[] language sql immutable parallel safe as $$
    select array_agg(array_to_string(labels[position:], '.') order by position)
    from string_to_array(domain, '.') as labels, generate_subscripts(labels, 1) as position
$$;

-- What the rules say of a host: 'open', 'limited' or 'refused'. The same as the program's DomainRules, for queries that
-- show lists.
create function judge_domain(host text, mode text) returns text language sql stable parallel safe as $$
    select case
        when mode = 'closed' or kind = 'block' then 'refused'
        when kind = 'limit' then 'limited'
        when kind is null and mode = 'allowlist' then 'refused'
        else 'open'
    end
    from (select (
        select kind from domain_rules where domain = any(domain_and_parents(host))
        order by octet_length(domain) desc limit 1)) as rule (kind)
$$;

-- Whether a rule about a domain decides about a host, that is, covers it and no rule about a longer name does.
create function domain_decides(rule text, host text) returns boolean language sql stable parallel safe as $$
    select rule = any(domain_and_parents(host)) and not exists (
        select from domain_rules
        where domain = any(domain_and_parents(host)) and octet_length(domain) > octet_length(rule))
$$;
