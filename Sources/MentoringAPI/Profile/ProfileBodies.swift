import Foundation
import JSONTree
import Mentoring
import Wire

/// Mentor profiles as bodies: what people send, and what they get.
extension ProfileDraft {
    /// A whole profile; what is left out is empty.
    init(fields: JSONFields) {
        self.init(
            bio: fields.optional("bio", .bio) ?? "", expertise: fields.optional("expertise", .tags) ?? [],
            languages: fields.optional("languages", .tags) ?? [], zone: fields.required("zone", .zone),
            isAccepting: fields.optional("accepting", .bool) ?? true, offers: fields.optional("offers", .offers) ?? [],
            audience: fields.optional("who_may_ask", .name) ?? Audience.anyone.rawValue,
            isPublished: fields.required("published", .bool))
        goals = fields.optional("goals", .tags) ?? []
        returnsOn = fields.optional("returns_on", .name)
        styles = fields.optional("styles", .tags) ?? []
        hoursPerMonth = fields.optional("hours_a_month", .number)
        mostMentees = fields.optional("most_mentees", .number)
        video = fields.optional("video", .text(length: 1...URI.maximumLength))
        questions = fields.optional("questions", .questions) ?? []
    }
}

/// What a person wants changed of their mentor profile: what they name, and nothing else.
struct ProfileEdits: Sendable {
    private var edits: [@Sendable (inout ProfileDraft) -> Void] = []

    init(fields: JSONFields) {
        replace(\.bio, fields.replacement("bio", .bio))
        replace(\.expertise, fields.replacement("expertise", .tags))
        replace(\.goals, fields.replacement("goals", .tags))
        replace(\.languages, fields.replacement("languages", .tags))
        replace(\.zone, fields.replacement("zone", .zone))
        replace(\.isAccepting, fields.replacement("accepting", .bool))
        change(\.returnsOn, fields.change("returns_on", .name))
        replace(\.styles, fields.replacement("styles", .tags))
        change(\.hoursPerMonth, fields.change("hours_a_month", .number))
        change(\.mostMentees, fields.change("most_mentees", .number))
        change(\.video, fields.change("video", .text(length: 1...URI.maximumLength)))
        replace(\.offers, fields.replacement("offers", .offers))
        replace(\.audience, fields.replacement("who_may_ask", .name))
        replace(\.questions, fields.replacement("questions", .questions))
        replace(\.isPublished, fields.replacement("published", .bool))
    }

    func applied(to profile: MentorProfile, now: Date) -> ProfileDraft {
        var draft = ProfileDraft(profile, now: now)
        for edit in edits { edit(&draft) }
        return draft
    }

    private mutating func replace<Value: Sendable>(
        _ field: any WritableKeyPath<ProfileDraft, Value> & Sendable, _ value: Value?
    ) {
        guard let value else { return }
        edits.append { $0[keyPath: field] = value }
    }

    private mutating func change<Value: Sendable>(
        _ field: any WritableKeyPath<ProfileDraft, Value?> & Sendable, _ change: FieldChange<Value>
    ) {
        switch change {
        case .keep: break
        case .clear: edits.append { $0[keyPath: field] = nil }
        case .set(let value): edits.append { $0[keyPath: field] = value }
        }
    }
}

extension JSONRule<String> {
    fileprivate static var bio: JSONRule { .text(length: 0...20_000) }
    fileprivate static var zone: JSONRule { .text(length: 1...100) }
    fileprivate static var name: JSONRule { .text(length: 1...20) }
}

extension JSONRule<Int> {
    /// Its bounds are for the rules of the field to say.
    fileprivate static var number: JSONRule { .integer(in: -1_000_000...1_000_000) }
}

extension JSONRule<[String]> {
    fileprivate static var tags: JSONRule { .list(of: .text(length: 0...200), count: 0...100) }
}

extension JSONRule<[ProfileDraft.Offer]> {
    fileprivate static var offers: JSONRule {
        .list(
            of: .object { fields in
                ProfileDraft.Offer(
                    type: fields.required("type", .text(length: 1...100)), rate: fields.optional("rate", .rate))
            }, count: 0...100)
    }
}

extension JSONRule<[ProfileDraft.Question]> {
    fileprivate static var questions: JSONRule {
        .list(
            of: .object { fields in
                ProfileDraft.Question(
                    fields.required("text", .text(length: 1...2000)),
                    isRequired: fields.optional("required", .bool) ?? false,
                    leastLength: fields.optional("least_length", .number) ?? 0)
            }, count: 0...100)
    }
}

extension MentorProfile {
    var json: JSON {
        [
            "bio": .string(bio), "expertise": .strings(expertise.map(\.text)), "goals": .strings(goals),
            "languages": .strings(languages.map(\.text)), "zone": .string(zone.name), "accepting": .bool(isAccepting),
            "returns_on": returnsOn.map { .string($0.text) } ?? .null, "styles": .strings(styles.map(\.rawValue)),
            "hours_a_month": hoursPerMonth.map { .int($0) } ?? .null,
            "most_mentees": mostMentees.map { .int($0) } ?? .null, "video": video.map { .string($0.string) } ?? .null,
            "offers": .array(
                offers.map { offer in ["type": .string(offer.type), "rate": offer.rate.map(\.json) ?? .null] }),
            "who_may_ask": .string(audience.rawValue),
            "questions": .array(
                questions.map {
                    ["text": .string($0.text), "required": .bool($0.isRequired), "least_length": .int($0.leastLength)]
                }),
            "published": .bool(isPublished), "approved": .bool(isAdmitted),
        ]
    }

    /// For its person: also why they pause, whether they have room, and how others see their answers.
    func json(_ responsiveness: Responsiveness?, _ ratings: RatingSummary) -> JSON {
        guard case .object(var object) = json else { return json }
        object["paused_by"] = pausedBy.map { .string($0.rawValue) } ?? .null
        object["is_full"] = .bool(isFull)
        object["responsiveness"] = responsiveness.map(\.json) ?? .null
        object["ratings"] = ratings.json
        return .object(object)
    }
}
