import JSONTree
import SafeText
import Wire

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

    package var isOpen: Bool
    package var expertise: [String]
    package var languages: [String]
    /// IANA name.
    package var zone: String?
    /// `anyone`, `followers`, `known` or `none`.
    package var acceptsRequestsFrom: String
    package var offers: [Offer]

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
    }

    func write(to object: inout JSON.Object) {
        object["mnt:mentorStatus"] = isOpen ? "open" : "closed"
        object["mnt:expertise"] = .array(expertise.map { .string($0) })
        object["mnt:languages"] = .array(languages.map { .string($0) })
        object["mnt:zone"] = zone.map { .string($0) }
        object["mnt:acceptsRequestsFrom"] = .string(acceptsRequestsFrom)
        object["mnt:offers"] = .array(offers.map(\.json))
    }

    /// The expertise as hashtags.
    var hashtags: [Tags.Hashtag] {
        expertise.map(Self.hashtag).filter { !$0.isEmpty }.map { Tags.Hashtag(name: $0, address: nil) }
    }

    /// The profile in short as a table.
    var fields: [ActorDocument.Field] {
        let languages = languages.isEmpty ? "" : " (\(languages.joined(separator: ", ")))"
        let rates = offers.map { offer in
            let price = offer.rate.map { "\($0.amount) \($0.currency) per \($0.per)" }
            return "\(offer.kindLabel): \(price ?? "free")"
        }
        let rows = [
            ("Mentoring", expertise.joined(separator: ", ") + languages), ("Sessions", rates.joined(separator: "; ")),
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
