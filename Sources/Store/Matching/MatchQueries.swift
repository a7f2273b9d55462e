package import Foundation
import Mentoring
package import PostgreSQL
import Social
import Wire

extension Queryable {
    /// Mentors, here and elsewhere, who may suit somebody: those who come near by what costs little to know, in no
    /// order.
    package func matchField(_ search: MatchSearch, now: Date) async throws -> MatchField {
        let terms = try await read(search.terms, languages: search.wishes.languages)
        let found = try await rows(search.statement(terms))
        let actors = try found.map(Actor.init)
        let offers = try await offers(of: actors.map(\.id))
        let records = try await records(of: actors.map(\.id), at: now)
        let candidates = try zip(actors, found).map { actor, row in
            let (known, told): ([Int], [Int]) = try (row.get("known"), row.get("told"))
            return MatchCandidate(
                actor: actor,
                facts: MatchFacts(
                    profile: try MentorProfile(row, offers: offers[actor.id] ?? []), known: Set(known), told: Set(told),
                    responsiveness: records[actor.id]?.responsiveness(at: now), mentees: try row.get("mentees"),
                    waiting: try row.get("waiting")))
        }
        return MatchField(terms: terms.kept, candidates: candidates)
    }

    private func read(_ terms: [WishTerm], languages: [LanguageTag]) async throws -> MatchTerms {
        guard !terms.isEmpty else { return MatchTerms(kept: [], names: [], loose: [], exact: []) }
        let found = try await rows(
            """
            select place, loose::text as loose, exact::text as exact
            from matching_terms(\(terms.map(\.name)), \(terms.map(\.query))::text[], \(terms.map(\.isSubject)),
                \(languages.map(\.text)))
            order by place
            """)
        let kept = try found.compactMap { row in
            let place: Int = try row.get("place")
            return terms.indices.contains(place - 1) ? terms[place - 1] : nil
        }
        return MatchTerms(
            kept: kept, names: kept.map { $0.names.map(\.text).joined(separator: ",") },
            loose: try found.map { try $0.get("loose") }, exact: try found.map { try $0.get("exact") })
    }
}

extension MatchSearch {
    /// Ranks all of the pool by what stands in the profile alone, where a term that few have counts a half more; then
    /// asks of the first of them whether they can be shown at all.
    func statement(_ terms: MatchTerms) -> SQL {
        """
        with terms as materialized (
            select place - 1 as place, string_to_array(names, ',') as names, loose::tsquery, exact::tsquery, weight
            from unnest(\(terms.names)::text[], \(terms.loose)::text[], \(terms.exact)::text[],
                \(terms.kept.map(\.weight))::double precision[])
                with ordinality as given (names, loose, exact, weight, place)),
        pool as materialized (
            select actor_id, array(select place from terms where words @@ loose or expertise && names) as places
            from mentor_profiles
            where actor_id = any(matching_pool(\(terms.names)::text[], \(terms.loose)::tsquery[], \(Self.along),
                \(Self.pool)))),
        weights as materialized (
            select place, weight * (1.5 - 0.5 * (select count(*) from pool where terms.place = any(places))
                / (select count(*) + 1 from pool)) as weight
            from terms),
        ranked as (
            select mentor_profiles.*, rough.rank
            from pool join mentor_profiles using (actor_id) cross join lateral (
                select coalesce((select sum(weight) from weights where place = any(pool.places)), 0)
                        * \(share(terms))
                    + case when exists (select from unnest(languages) as tag
                        where split_part(tag, '-', 1) = any(\(wishes.languages.map(\.language))::text[])) then 0.25
                        else 0 end
                    + case when next_free_at < now() + interval '14 days' and free_lapses_at > now() then 0.15
                        else 0 end
                    + standing * 0.05 as rank) as rough
            order by rough.rank desc, mentor_profiles.actor_id offset 0)
        select \(Actor.columns), \(MentorProfile.columns),
            array(select place from terms where words @@ exact or expertise && names order by place) as told,
            array(select place from terms
                where of_profile.subjects @@ exact or expertise && names
                order by place) as known,
            (select count(distinct mentee_id) from sessions
                where mentor_id = actors.id and \(SQL.isOfPresentMentee(at: "now()"))) as mentees,
            (select count(*) from sessions
                where mentor_id = actors.id and status = 'pending' and held_starts_at is null) as waiting
        from ranked as mentor_profiles join actors on actors.id = mentor_profiles.actor_id
            cross join lateral (
                select mentor_words(mentor_profiles.languages,
                    array_to_string(mentor_profiles.expertise || mentor_profiles.goals, ' , ')) as subjects
                offset 0) as of_profile
        where \(SQL.joined(conditions, separator: " and "))
        limit \(Self.most)
        """
    }

    /// What the weight of a term counts beside the rest of the rank.
    private func share(_ terms: MatchTerms) -> Double { 0.5 / max(terms.kept.map(\.weight).reduce(0, +), 1) }
}
