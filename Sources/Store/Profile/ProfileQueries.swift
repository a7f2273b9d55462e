import JSONTree
package import Mentoring
package import PostgreSQL
import Social
package import Wire

extension Queryable {
    package func profile(of actor: ActorID) async throws -> MentorProfile? {
        guard let row = try await row("select \(MentorProfile.columns) from mentor_profiles where actor_id = \(actor)")
        else { return nil }
        return try MentorProfile(row, offers: try await offers(of: [actor])[actor] ?? [])
    }

    /// The same, for somebody who is going to change it: nobody else does until this transaction ends.
    package func lockProfile(of actor: ActorID) async throws -> MentorProfile? {
        _ = try await execute("select from mentor_profiles where actor_id = \(actor) for update")
        return try await profile(of: actor)
    }

    /// Published profiles by their mentors.
    package func publishedProfiles(of actors: [ActorID]) async throws -> [ActorID: MentorProfile] {
        guard !actors.isEmpty else { return [:] }
        let found = try await rows(
            """
            select actor_id, \(MentorProfile.columns) from mentor_profiles
            where is_published and actor_id = any(\(actors.map(\.rawValue))::bigint[])
            """)
        let offers = try await offers(of: actors)
        return Dictionary(
            try found.map { row in
                let actor: ActorID = try row.get("actor_id")
                return (actor, try MentorProfile(row, offers: offers[actor] ?? []))
            }
        ) { first, _ in first }
    }

    /// Writes the profile, new or changed, with the words by which it is found.
    package func save(_ profile: MentorProfile, of actor: ActorID) async throws {
        let tags = profile.expertise.map(\.text)
        let words = ([profile.bio] + tags + profile.goals).joined(separator: " ")
        _ = try await execute(
            """
            insert into mentor_profiles (actor_id, bio, expertise, goals, languages, zone, is_accepting, paused_by,
                returns_on, styles, hours_a_month, most_mentees, video, has_consent, is_admitted, audience, questions,
                holding, gives, words)
            values (\(actor), \(profile.bio), \(tags), \(profile.goals), \(profile.languages.map(\.text)),
                \(profile.zone.name), \(profile.isAccepting), \(profile.pausedBy), \(profile.returnsOn?.text)::date,
                \(profile.styles.map(\.rawValue)), \(profile.hoursPerMonth), \(profile.mostMentees), \(profile.video),
                \(profile.isPublished), \(profile.isAdmitted), \(profile.audience),
                \(profile.questions.document.serializedText())::jsonb, \(profile.holding), \(profile.gives),
                mentor_words(\(profile.languages.map(\.text)),
                    \(words) || ' ' || (select name || ' ' || username from actors where id = \(actor))))
            on conflict (actor_id) do update set bio = excluded.bio, expertise = excluded.expertise,
                goals = excluded.goals, languages = excluded.languages, zone = excluded.zone,
                is_accepting = excluded.is_accepting, paused_by = excluded.paused_by, returns_on = excluded.returns_on,
                styles = excluded.styles,
                hours_a_month = excluded.hours_a_month, most_mentees = excluded.most_mentees, video = excluded.video,
                has_consent = excluded.has_consent, is_admitted = excluded.is_admitted, audience = excluded.audience,
                questions = excluded.questions, holding = excluded.holding, gives = excluded.gives,
                words = excluded.words, updated_at = now()
            """)
        _ = try await execute("delete from mentor_offers where actor_id = \(actor)")
        for (position, offer) in profile.offers.enumerated() {
            _ = try await execute(
                """
                insert into mentor_offers (actor_id, position, type, amount, currency, per)
                values (\(actor), \(position), \(offer.type), \(offer.rate?.amount), \(offer.rate?.currency.code),
                    \(offer.rate?.per))
                """)
        }
    }

    package func deleteProfile(of actor: ActorID) async throws {
        _ = try await execute("delete from mentor_profiles where actor_id = \(actor)")
    }

    func offers(of actors: [ActorID]) async throws -> [ActorID: [MentorOffer]] {
        let found = try await rows(
            """
            select actor_id, type, amount, currency, per from mentor_offers
            where actor_id = any(\(actors.map(\.rawValue))::bigint[]) order by actor_id, position
            """)
        var offers: [ActorID: [MentorOffer]] = [:]
        for row in found { offers[try row.get("actor_id"), default: []].append(try MentorOffer(row)) }
        return offers
    }
}

extension MentorProfile {
    static let columns: SQL = """
        mentor_profiles.bio, mentor_profiles.expertise, mentor_profiles.goals, mentor_profiles.languages,
        mentor_profiles.zone, mentor_profiles.is_accepting, mentor_profiles.paused_by, mentor_profiles.returns_on,
        mentor_profiles.styles,
        mentor_profiles.hours_a_month, mentor_profiles.most_mentees, mentor_profiles.video,
        mentor_profiles.has_consent, mentor_profiles.is_admitted, mentor_profiles.audience, mentor_profiles.questions,
        mentor_profiles.holding, \(SQL.isFull) as is_full
        """

    init(_ row: Row, offers: [MentorOffer]) throws {
        let expertise: [String] = try row.get("expertise")
        let languages: [String] = try row.get("languages")
        let styles: [String] = try row.get("styles")
        let profile = MentorProfile(
            bio: try row.get("bio"), expertise: expertise.compactMap { ExpertiseTag($0) }, goals: try row.get("goals"),
            languages: languages.compactMap { LanguageTag($0) },
            zone: TimeZoneName(try row.get("zone")) ?? .utc, isAccepting: try row.get("is_accepting"),
            returnsOn: try (row.get("returns_on") as String?).flatMap { ReturnDay($0) },
            styles: styles.compactMap { MentoringStyle(rawValue: $0) }, hoursPerMonth: try row.get("hours_a_month"),
            mostMentees: try row.get("most_mentees"), video: try row.get("video"), offers: offers,
            audience: try row.get("audience"),
            questions: (try row.document("questions") ?? .null).list.compactMap { IntakeQuestion(stored: $0) },
            holding: try row.get("holding"), isPublished: try row.get("has_consent"),
            isAdmitted: try row.get("is_admitted")
        ).with(isFull: try row.get("is_full"))
        let pause: Pause? = try row.get("paused_by")
        self = pause.map { profile.paused(by: $0, until: profile.returnsOn) } ?? profile
    }
}

extension Pause: SQLEncodable, SQLDecodable {}

extension MentorProfile {
    /// By what the mentor's offers are found, see `MentorSearch.gift`.
    fileprivate var gives: [String] {
        let words = offers.flatMap { offer in
            ["type \(offer.type)"] + (offer.rate == nil ? ["free \(offer.type)", "free"] : [])
        }
        return Array(Set(words)).sorted()
    }
}

extension [IntakeQuestion] {
    fileprivate var document: JSON {
        .array(
            map { ["text": .string($0.text), "required": .bool($0.isRequired), "least_length": .int($0.leastLength)] })
    }
}

extension IntakeQuestion {
    fileprivate init?(stored json: JSON) {
        guard let text = json["text"]?.string, let isRequired = json["required"]?.bool,
            let leastLength = json["least_length"]?.int
        else { return nil }
        self.init(text: text, isRequired: isRequired, leastLength: leastLength)
    }
}

extension MentorOffer {
    fileprivate init(_ row: Row) throws {
        let amount: String? = try row.get("amount")
        let currency = try (row.get("currency") as String?).flatMap { Currency($0) }
        let per: Rate.Unit? = try row.get("per")
        var rate: Rate?
        if let amount, let currency, let per { rate = Rate(amount: amount, currency: currency, per: per) }
        self.init(type: try row.get("type"), rate: rate)
    }
}
