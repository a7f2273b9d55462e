package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
package import Wire

/// What somebody looks for in a mentor; everything given must hold.
package struct MentorSearch: Sendable {
    package enum Home: String, CaseIterable, Sendable { case here, elsewhere }
    package enum Order: String, CaseIterable, Sendable {
        /// Those who answer first.
        case answering
        /// Those of whom a free time is known, by that time.
        case soonest
    }

    package var expertise: [String]
    package var languages: [String]
    /// The mentor's zone is one of these.
    package var zones: [String]?
    /// A session type that the mentor gives, free of charge where only that is wanted.
    package var type: String?
    package var freeOnly: Bool
    package var text: String?
    /// A free time is known of the mentor that is before this.
    package var freeBefore: Date?
    package var home: Home?
    /// Also those who take no requests at present.
    package var withPaused: Bool
    /// Also those who have as many mentees as they can have.
    package var withFull: Bool
    /// Who looks: nobody is shown whom they block, or who blocks them.
    package var reader: ActorID?
    package var order: Order
    /// Continue after this place of an earlier page in the order of shelves.
    package var after: ShelfPlace?
    /// The same in the order of free times.
    package var afterTime: FreePlace?
    package var limit: Int

    package init(
        expertise: [String] = [], languages: [String] = [], zones: [String]? = nil, type: String? = nil,
        freeOnly: Bool = false, text: String? = nil, freeBefore: Date? = nil, home: Home? = nil,
        withPaused: Bool = false, withFull: Bool = false, reader: ActorID? = nil, order: Order = .answering,
        after: ShelfPlace? = nil, afterTime: FreePlace? = nil, limit: Int
    ) {
        self.expertise = expertise
        self.languages = languages
        self.zones = zones
        self.type = type
        self.freeOnly = freeOnly
        self.text = text
        self.freeBefore = freeBefore
        self.home = home
        self.withPaused = withPaused
        self.withFull = withFull
        self.reader = reader
        self.order = order
        self.after = after
        self.afterTime = afterTime
        self.limit = limit
    }
}

/// Where a mentor stands among all: on shelves by how they answer, on each in the order in which they became known.
package struct ShelfPlace: Hashable, Sendable {
    package let shelf: Int
    package let mentor: ActorID

    package init(shelf: Int, mentor: ActorID) {
        self.shelf = shelf
        self.mentor = mentor
    }

    /// `2-117`, for whoever pages.
    package var text: String { "\(shelf)-\(mentor.rawValue)" }

    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let shelf = Int(parts[0]), (0...7).contains(shelf), let mentor = Int64(parts[1]), mentor > 0
        else { return nil }
        self.init(shelf: shelf, mentor: ActorID(rawValue: mentor))
    }
}

/// A mentor with the profile that was found.
package struct FoundMentor: Sendable {
    package let actor: Actor
    package let profile: MentorProfile
    /// When somebody new could first have a session; nil where no free time is known.
    package let nextFree: Date?
    package let place: ShelfPlace
}

extension Queryable {
    /// Mentors whose profiles are shown, here and elsewhere: those who take requests and answer them first.
    ///
    /// What hardly anybody has is found by its index and then sorted, what many have by going along the shelves; which of
    /// the two it is, is tried out first.
    package func mentors(_ search: MentorSearch) async throws -> [FoundMentor] {
        var narrowed: MentorSearch.Narrowed?
        if search.isNarrow {
            narrowed = try await narrow(search)
            guard let narrowed, narrowed.candidates.map(\.isEmpty) != true else { return [] }
        }
        let found = try await rows(search.statement(narrowed))
        let actors = try found.map(Actor.init)
        let offers = try await offers(of: actors.map(\.id))
        return try zip(actors, found).map { actor, row in
            FoundMentor(
                actor: actor, profile: try MentorProfile(row, offers: offers[actor.id] ?? []),
                nextFree: try row.get("next_free_at"), place: ShelfPlace(shelf: try row.get("shelf"), mentor: actor.id))
        }
    }

    /// The zones in which mentors live, each once.
    package func mentorZones() async throws -> [String] {
        try await rows(
            """
            with recursive zones (zone) as (
                (select zone from mentor_profiles order by zone limit 1)
                union all
                select (select zone from mentor_profiles where mentor_profiles.zone > zones.zone order by zone limit 1)
                from zones where zone is not null)
            select zone from zones where zone is not null
            """
        ).map { try $0.get("zone") }
    }

    /// nil when the text has no words.
    private func narrow(_ search: MentorSearch) async throws -> MentorSearch.Narrowed? {
        let tags = search.expertise.isEmpty ? nil : search.expertise
        let languages = search.languages.isEmpty ? nil : search.languages
        let row = try await row(
            """
            select asked::text as asked, mentor_candidates(\(tags)::text[], \(languages)::text[], asked,
                \(search.zones)::text[], \(search.gift)::text, \(search.freeBefore),
                \(MentorSearch.mostCandidates + 1)) as candidates
            from (select mentor_query(\(search.words)::text) as asked) as read
            """)
        guard let row else { throw StoreError.nothingReturned }
        let asked: String? = try row.get("asked")
        if search.words != nil, asked == nil { return nil }
        let candidates: [Int64] = try row.get("candidates")
        return MentorSearch.Narrowed(
            asked: asked, candidates: candidates.count > MentorSearch.mostCandidates ? nil : candidates)
    }
}

extension MentorSearch {
    static let mostCandidates = 1000

    /// What the indexes say before anything is sorted.
    package struct Narrowed: Sendable {
        /// The text as PostgreSQL reads it.
        let asked: String?
        /// Whoever it can be; nil for very many.
        let candidates: [Int64]?

        package init(asked: String?, candidates: [Int64]?) {
            self.asked = asked
            self.candidates = candidates
        }
    }

    var words: String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    var isNarrow: Bool {
        !expertise.isEmpty || !languages.isEmpty || zones != nil || words != nil || gift != nil || freeBefore != nil
    }

    /// As it stands in `mentor_profiles.gives`.
    var gift: String? {
        if let type { return "\(freeOnly ? "free" : "type") \(type)" }
        return freeOnly ? "free" : nil
    }

    package func statement(_ narrowed: Narrowed? = nil) -> SQL {
        """
        select \(Actor.columns), \(MentorProfile.columns), shelf,
            case when free_lapses_at > now() then next_free_at end as next_free_at
        from mentor_profiles join actors on actors.id = mentor_profiles.actor_id
        where \(SQL.joined(conditions(narrowed), separator: " and "))
        order by \(sorting), actor_id limit \(limit)
        """
    }

    private var sorting: SQL {
        switch order {
        case .answering: "shelf"
        case .soonest: "mentor_profiles.next_free_at"
        }
    }

    private var place: SQL? {
        switch order {
        case .answering: after.map { "(shelf, actor_id) > (\($0.shelf), \($0.mentor))" }
        case .soonest: afterTime.map { "(next_free_at, actor_id) > (\($0.time)::timestamptz, \($0.mentor))" }
        }
    }

    private func conditions(_ narrowed: Narrowed?) -> [SQL] {
        var conditions: [SQL] = [
            "is_published and gone_at is null and suspended_at is null and \(SQL.isOfOpenHost)"
        ]
        if !withPaused { conditions.append("is_accepting") }
        if let place { conditions.append(place) }
        if order == .soonest || freeBefore != nil {
            conditions.append("next_free_at is not null and free_lapses_at > now()")
        }
        if let candidates = narrowed?.candidates {
            conditions.append("actor_id = any(\(candidates)::bigint[])")
        } else {
            if !expertise.isEmpty { conditions.append("expertise @> \(expertise)::text[]") }
            if !languages.isEmpty { conditions.append("mentor_profiles.languages @> \(languages)::text[]") }
            if let zones { conditions.append("zone = any(\(zones)::text[])") }
            if let gift { conditions.append("gives @> array[\(gift)::text]") }
            if let freeBefore { conditions.append("next_free_at < \(freeBefore)::timestamptz") }
            if let asked = narrowed?.asked { conditions.append("words @@ \(asked)::tsquery") }
        }
        switch home {
        case .here: conditions.append("domain is null")
        case .elsewhere: conditions.append("domain is not null")
        case nil: break
        }
        if let reader {
            conditions.append(
                """
                not exists (select from blocks where (blocker_id = \(reader) and blocked_id = actors.id)
                    or (blocker_id = actors.id and blocked_id = \(reader)))
                """)
        }
        if !withFull { conditions.append("not \(SQL.isFull)") }
        return conditions
    }
}
