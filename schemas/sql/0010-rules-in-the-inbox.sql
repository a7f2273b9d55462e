-- The functions of 0006 once more, with the same answers: in this language a session plans their queries once, and not in
-- each statement that calls them. They are asked for each activity that comes in.

create or replace function domain_and_parents(domain text) returns text[]
language plpgsql immutable parallel safe as $$
declare
    labels text[] := string_to_array(domain, '.');
    names text[];
begin
    for position in 1 .. coalesce(array_length(labels, 1), 0) loop
        names := names || array_to_string(labels[position:], '.');
    end loop;
    return names;
end
$$;

create or replace function judge_domain(host text, mode text) returns text
language plpgsql stable parallel safe as $$
declare
    rule text := (
        select kind from domain_rules where domain = any(domain_and_parents(host))
        order by octet_length(domain) desc limit 1);
begin
    return case
        when mode = 'closed' or rule = 'block' then 'refused'
        when rule = 'limit' then 'limited'
        when rule is null and mode = 'allowlist' then 'refused'
        else 'open'
    end;
end
$$;
