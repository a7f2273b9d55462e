package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
package import Wire

/// What somebody looks for in a mentor; everything given must hold.
package struct MentorSearch: Sendable {
    package enum Home: Hashable, Sendable {
        case here, elsewhere
        /// At another community, by the host of its handles.
        case at(String)
    }
    /// In which order, and after which place of an earlier page.
    package enum Order: Hashable, Sendable {
        /// Those who answer first.
        case answering(after: ShelfPlace? = nil)
        /// Those of whom a free time is known, by that time.
        case soonest(after: FreePlace? = nil)
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
    package var limit: Int

    package init(
        expertise: [String] = [], languages: [String] = [], zones: [String]? = nil, type: String? = nil,
        freeOnly: Bool = false, text: String? = nil, freeBefore: Date? = nil, home: Home? = nil,
        withPaused: Bool = false, withFull: Bool = false, reader: ActorID? = nil, order: Order = .answering(),
        limit: Int
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
        self.limit = limit
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
    /// What many have is found a little way along the order. Where that is too little, hardly anybody has it: they are
    /// found by its index and then sorted.
    package func mentors(_ search: MentorSearch) async throws -> [FoundMentor] {
        let found = try await rowsOfMentors(search)
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

    private func rowsOfMentors(_ search: MentorSearch) async throws -> [Row] {
        guard search.isNarrow else { return try await rows(search.statement()) }
        var asked: WordQuery?
        if let words = search.words {
            asked = try await query(words)
            guard asked != nil else { return [] }
        }
        let near = try await rows(search.statement(asked: asked, among: .near))
        if near.count == search.limit { return near }
        let candidates = try await candidates(search, asked: asked)
        if candidates.isEmpty { return [] }
        return try await rows(
            search.statement(
                asked: asked, among: candidates.count > MentorSearch.mostCandidates ? .all : .these(candidates)))
    }

    /// nil for what has no words.
    private func query(_ words: String) async throws -> WordQuery? {
        let found = try await row("select loose::text as loose, exact::text as exact from mentor_queries(\(words))")
        guard let loose: String = try found?.get("loose"), let exact: String = try found?.get("exact") else {
            return nil
        }
        return WordQuery(loose: loose, exact: exact)
    }

    /// Whoever it can be by what is indexed, in no order; one too many stands for very many.
    private func candidates(_ search: MentorSearch, asked: WordQuery?) async throws -> [Int64] {
        let tags = search.expertise.isEmpty ? nil : search.expertise
        let languages = search.languages.isEmpty ? nil : search.languages
        let row = try await row(
            """
            select mentor_candidates(\(tags)::text[], \(languages)::text[], \(asked?.loose)::tsquery,
                \(asked?.exact)::tsquery, \(search.zones)::text[], \(search.gift)::text, \(search.freeBefore),
                \(MentorSearch.mostCandidates + 1)) as candidates
            """)
        guard let row else { throw StoreError.nothingReturned }
        return try row.get("candidates")
    }
}

/// What somebody looks for, as PostgreSQL reads it.
package struct WordQuery: Sendable {
    /// The stems of every language that is used: cheap to find, and perhaps too many.
    let loose: String
    /// Each language for the profiles of that language.
    let exact: String
}

extension MentorSearch {
    static let mostCandidates = 3000
    /// How many are looked at along the order before the indexes are asked: what one in a hundred has fills a page.
    static let nearest = 2000

    /// Among whom a page is looked for.
    package enum Field: Sendable {
        case all
        /// The next along the order.
        case near
        case these([Int64])
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

    package func statement(asked: WordQuery? = nil, among field: Field = .all) -> SQL {
        """
        select \(Actor.columns), \(MentorProfile.columns), shelf,
            case when free_lapses_at > now() then next_free_at end as next_free_at
        from \(source(field)) join actors on actors.id = mentor_profiles.actor_id
        where \(SQL.joined(conditions(asked, field), separator: " and "))
        order by \(sorting), actor_id limit \(limit)
        """
    }

    private func source(_ field: Field) -> SQL {
        guard case .near = field else { return "mentor_profiles" }
        return """
            (select * from mentor_profiles where \(SQL.joined(stretch, separator: " and "))
                order by \(sorting), actor_id limit \(Self.nearest)) as mentor_profiles
            """
    }

    private var sorting: SQL {
        switch order {
        case .answering: "shelf"
        case .soonest: "mentor_profiles.next_free_at"
        }
    }

    /// The part of the index, in its order, in which everybody stands who can be on the page.
    private var stretch: [SQL] {
        var stretch: [SQL] = ["is_published"]
        switch order {
        case .answering(let after):
            if let after { stretch.append("(shelf, actor_id) > (\(after.shelf), \(after.mentor))") }
            if !withPaused { stretch.append("shelf < 4") }
        case .soonest(let after):
            stretch.append("next_free_at is not null")
            if let after { stretch.append("(next_free_at, actor_id) > (\(after.time)::timestamptz, \(after.mentor))") }
            if let freeBefore { stretch.append("next_free_at < \(freeBefore)::timestamptz") }
        }
        return stretch
    }

    private func conditions(_ asked: WordQuery?, _ field: Field) -> [SQL] {
        var conditions: [SQL] = ["gone_at is null and suspended_at is null and \(SQL.isOfOpenHost)"]
        if case .near = field {} else { conditions += stretch }
        if !withPaused { conditions.append("is_accepting") }
        if order.isByTime || freeBefore != nil { conditions.append("next_free_at is not null and free_lapses_at > now()") }
        if case .these(let candidates) = field {
            conditions.append("actor_id = any(\(candidates)::bigint[])")
        } else {
            if !expertise.isEmpty { conditions.append("expertise @> \(expertise)::text[]") }
            if !languages.isEmpty { conditions.append("mentor_profiles.languages @> \(languages)::text[]") }
            if let zones { conditions.append("zone = any(\(zones)::text[])") }
            if let gift { conditions.append("gives @> array[\(gift)::text]") }
            if let freeBefore { conditions.append("next_free_at < \(freeBefore)::timestamptz") }
            if let asked { conditions.append("words @@ \(asked.exact)::tsquery") }
        }
        if let home { conditions.append(home.condition) }
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

extension MentorSearch.Home {
    /// Of a row of `actors`.
    var condition: SQL {
        switch self {
        case .here: "actors.domain is null"
        case .elsewhere: "actors.domain is not null"
        case .at(let host): "actors.domain = \(host)"
        }
    }
}

extension MentorSearch.Order {
    fileprivate var isByTime: Bool {
        if case .soonest = self { return true }
        return false
    }
}
