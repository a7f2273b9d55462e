import JSONTree
import SafeText
package import Wire

/// The mentoring part of an actor document: published with the mentor's consent, and mirrored as profile fields and
/// hashtags so that people elsewhere see it in software that knows nothing of mentoring.
package struct MentorDocument: Equatable, Sendable {
    /// One type of session that the mentor holds.
    package struct Offer: Equatable, Sendable {
        /// As in ``SessionDocument/kind``.
        package var kind: String
        package var kindLabel: String
        package var isAlwaysFree: Bool
        /// nil means free.
        package var rate: RateDocument?

        package init(kind: String, kindLabel: String, isAlwaysFree: Bool, rate: RateDocument?) {
            self.kind = kind
            self.kindLabel = kindLabel
            self.isAlwaysFree = isAlwaysFree
            self.rate = rate
        }
    }

    /// Something that the mentor wants to know of everybody who asks.
    package struct Question: Equatable, Sendable {
        package var text: String
        package var isRequired: Bool
        /// In characters.
        package var leastLength: Int

        package init(text: String, isRequired: Bool, leastLength: Int) {
            self.text = text
            self.isRequired = isRequired
            self.leastLength = leastLength
        }
    }

    package var isOpen: Bool
    /// The day on which a mentor who is not open will be; a date of RFC 3339.
    package var returnsOn: String?
    package var expertise: [String]
    package var goals: [String] = []
    package var languages: [String]
    /// IANA name.
    package var zone: String?
    /// `async`, `scheduled` or `casual`.
    package var styles: [String] = []
    package var hoursPerMonth: Int?
    package var mostMentees: Int?
    package var video: URI?
    /// `anyone`, `followers`, `known` or `none`.
    package var acceptsRequestsFrom: String
    package var offers: [Offer]
    package var questions: [Question] = []
    /// For how long requests keep their time: a duration of ISO 8601, or `always`.
    package var holdsRequests: String?
    /// Where the mentor's free times are told.
    package var availability: URI?

    package init(
        isOpen: Bool, expertise: [String], languages: [String], zone: String?, acceptsRequestsFrom: String,
        offers: [Offer]
    ) {
        self.isOpen = isOpen
        self.expertise = expertise
        self.languages = languages
        self.zone = zone
        self.acceptsRequestsFrom = acceptsRequestsFrom
        self.offers = offers
    }

    /// nil when the actor publishes no `mnt:mentorStatus`: not a mentor. Lists are cut at 50 entries.
    init?(_ document: JSON, terms: MentoringTerms) {
        guard let status = terms.word("mentorStatus", of: document) else { return nil }
        func texts(_ term: String) -> [String] {
            terms.value(term, of: document).list.prefix(50).compactMap(\.string).filter { $0.utf8.count <= 200 }
        }
        let offers = terms.value("offers", of: document).list.prefix(50).compactMap { offer -> Offer? in
            guard let kind = terms.word("sessionKind", of: offer) else { return nil }
            return Offer(
                kind: kind, kindLabel: terms.kindLabel(of: offer) ?? "session",
                isAlwaysFree: terms.word("pricing", of: offer) == "alwaysFree",
                rate: terms.value("terms", of: offer).flatMap { RateDocument($0, terms: terms) })
        }
        self.init(
            isOpen: status == "open", expertise: texts("expertise"), languages: texts("languages"),
            zone: terms.word("zone", of: document),
            acceptsRequestsFrom: terms.word("acceptsRequestsFrom", of: document) ?? "anyone", offers: offers)
        returnsOn = terms.word("returnsOn", of: document)
        goals = texts("goals").map(cleanLine).filter { !$0.isEmpty }
        styles = texts("styles")
        hoursPerMonth = terms.value("hoursPerMonth", of: document)?.int
        mostMentees = terms.value("mostMentees", of: document)?.int
        video = terms.value("video", of: document)?.uri
        holdsRequests = terms.word("holdsRequests", of: document)
        questions = terms.value("questions", of: document).list.prefix(50).compactMap { question in
            guard let text = terms.line("text", of: question, limit: 500) else { return nil }
            return Question(
                text: text, isRequired: terms.value("isRequired", of: question)?.bool ?? false,
                leastLength: terms.value("leastLength", of: question)?.int ?? 0)
        }
        availability = terms.value("availability", of: document)?.uri
    }

    func write(to object: inout JSON.Object) {
        object["mnt:mentorStatus"] = isOpen ? "open" : "closed"
        object["mnt:expertise"] = .array(expertise.map { .string($0) })
        object["mnt:languages"] = .array(languages.map { .string($0) })
        object["mnt:zone"] = zone.map { .string($0) }
        object["mnt:acceptsRequestsFrom"] = .string(acceptsRequestsFrom)
        object["mnt:offers"] = .array(offers.map(\.json))
        object["mnt:returnsOn"] = returnsOn.map { .string($0) }
        object["mnt:goals"] = goals.isEmpty ? nil : .strings(goals)
        object["mnt:styles"] = styles.isEmpty ? nil : .strings(styles)
        object["mnt:hoursPerMonth"] = hoursPerMonth.map { .int($0) }
        object["mnt:mostMentees"] = mostMentees.map { .int($0) }
        object["mnt:video"] = video.map { .string($0.string) }
        object["mnt:holdsRequests"] = holdsRequests.map { .string($0) }
        object["mnt:questions"] = questions.isEmpty ? nil : .array(questions.map(\.json))
        object["mnt:availability"] = availability.map { .string($0.string) }
    }

    /// The expertise as hashtags.
    var hashtags: [Tags.Hashtag] {
        expertise.map(Self.hashtag).filter { !$0.isEmpty }.map { Tags.Hashtag(name: $0, address: nil) }
    }

    /// The profile in short as a table; where the community says more, it does so under the same names.
    var fields: [ActorDocument.Field] {
        let languages = languages.isEmpty ? "" : " (\(languages.joined(separator: ", ")))"
        let rates = offers.map { offer in
            let price = offer.rate.map { "\($0.amount) \($0.currency) per \($0.per)" }
            return "\(offer.kindLabel): \(price ?? "free")"
        }
        let rows = [
            ("Mentor for", expertise.joined(separator: ", ") + languages), ("Sessions", rates.joined(separator: "; ")),
        ]
        return rows.filter { !$0.1.isEmpty }.map { ActorDocument.Field(name: $0.0, value: HTML.escaped($0.1)) }
    }

    /// Expertise as one word: `data careers` becomes `DataCareers`.
    private static func hashtag(_ text: String) -> String {
        let words = text.split { !$0.isLetter && !$0.isNumber }
        guard words.count > 1 else { return words.joined() }
        return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

extension MentorDocument.Offer {
    fileprivate var json: JSON {
        [
            "mnt:sessionKind": .string(kind), "mnt:sessionKindLabel": .string(kindLabel),
            "mnt:pricing": isAlwaysFree ? "alwaysFree" : "mentorSetsRate", "mnt:terms": rate?.json ?? RateDocument.free,
        ]
    }
}

extension MentorDocument.Question {
    fileprivate var json: JSON {
        [
            "mnt:text": .string(text), "mnt:isRequired": .bool(isRequired), "mnt:leastLength": .int(leastLength),
        ]
    }
}
