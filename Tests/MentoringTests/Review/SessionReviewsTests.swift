import Foundation
import Testing
import Wire

@testable import Mentoring

/// Mika and Noor rate a session that took place at ``Sample/begun``.
struct SessionReviewsTests {
    static let completed = Sample.begun
    static let day = 86_400.0

    enum Given: String, CaseIterable, Sendable {
        case nothing, promised, rated, shown
    }

    static func session(_ custody: Custody, _ status: SessionStatus = .completed) -> Session {
        Session(
            id: UUID(), uri: Sample.uri("https://a.example/sessions/1"),
            invite: Sample.uri("https://a.example/activities/1"), mentee: Sample.mika, mentor: Sample.noor,
            custody: custody, kind: SessionKind(name: "artistic", label: "Art", pricing: .alwaysFree),
            topic: "Portfolio", message: "", requestedAt: Sample.asked, slot: Sample.slot,
            place: Place(medium: .online, detail: nil, link: nil), rate: nil, revision: 0, revisedAt: Sample.asked,
            status: status, answerBy: Sample.slot.start, updatedAt: completed)
    }

    static func review(_ given: Given, by role: Role, of session: Session) -> Review? {
        guard given != .nothing else { return nil }
        let rating = Rating(scores: [:], overall: 40, words: "", isPublic: true)
        return Review(
            id: UUID(), session: session.id, by: role, author: session.mentee, subject: session.mentor,
            address: Sample.activity("\(role.rawValue)"), givenAt: completed, rating: given == .promised ? nil : rating,
            digest: nil, revealedAt: given == .shown ? completed : nil)
    }

    static func reviews(
        _ mentee: Given, _ mentor: Given, _ custody: Custody = .here, _ status: SessionStatus = .completed
    ) -> SessionReviews {
        let session = session(custody, status)
        return SessionReviews(
            of: session, completedAt: completed,
            given: [review(mentee, by: .mentee, of: session), review(mentor, by: .mentor, of: session)]
                .compactMap(\.self))
    }

    static func after(_ days: Double) -> Date { completed.addingTimeInterval(days * day) }

    @Test(
        "Somebody rates once, in time, and only before they have seen the other's",
        arguments: [
            (Given.nothing, Given.nothing, 0.0, nil), (.nothing, .rated, 13.9, nil), (.nothing, .promised, 1, nil),
            (.nothing, .nothing, 14, ReviewRefusal.tooLate), (.nothing, .rated, 15, .tooLate),
            (.nothing, .shown, 1, .tooLate), (.rated, .nothing, 1, .alreadyRated), (.shown, .shown, 20, .alreadyRated),
        ] as [(Given, Given, Double, ReviewRefusal?)])
    func rating(own: Given, other: Given, days: Double, refusal: ReviewRefusal?) {
        for custody in [Custody.here, .owner] {
            #expect(Self.reviews(own, other, custody).refusal(by: .mentee, at: Self.after(days)) == refusal)
        }
        #expect(Self.reviews(other, own, .mirror).refusal(by: .mentor, at: Self.after(days)) == refusal)
    }

    @Test("Nothing but a session that took place is rated", arguments: SessionStatus.allCases)
    func statuses(status: SessionStatus) {
        let reviews = Self.reviews(.nothing, .nothing, .here, status)
        #expect(reviews.refusal(by: .mentor, at: Self.after(1)) == (status == .completed ? nil : .notCompleted))
        #expect((reviews.closesAt == nil) == (status != .completed))
        let shown = Self.reviews(.rated, .rated, .here, status).toReveal(at: Self.after(20))
        #expect(shown.isEmpty == (status != .completed))
    }

    @Test(
        "What was given is shown when both have given, or the time is over",
        arguments: [
            (Given.nothing, Given.nothing, 20.0, []), (.rated, .nothing, 13.9, []),
            (.rated, .nothing, 15, [Role.mentee]), (.nothing, .rated, 15, [.mentor]),
            (.rated, .rated, 0, [.mentee, .mentor]), (.rated, .promised, 0, [.mentee]), (.promised, .rated, 0, [.mentor]), (.promised, .nothing, 15, []), (.shown, .rated, 0, [.mentor]),
            (.shown, .shown, 15, []),
        ] as [(Given, Given, Double, [Role])])
    func reveal(mentee: Given, mentor: Given, days: Double, shown: [Role]) {
        for custody in Custody.allCases {
            #expect(Self.reviews(mentee, mentor, custody).toReveal(at: Self.after(days)) == shown)
        }
    }

    @Test("Between communities what was given at the last moment has an hour to arrive")
    func delivery() {
        let justOver = Self.after(14).addingTimeInterval(60)
        #expect(Self.reviews(.rated, .nothing, .here).toReveal(at: justOver) == [.mentee])
        #expect(Self.reviews(.rated, .nothing, .owner).toReveal(at: justOver).isEmpty)
        #expect(Self.reviews(.rated, .nothing, .owner).toReveal(at: Self.after(14.05)) == [.mentee])
    }

    @Test(
        "Another server's word counts if it was given in time and before ours was sent there",
        arguments: [
            (Given.nothing, Given.nothing, 1.0, 1.0, nil), (.rated, .nothing, 13.9, 14.02, nil),
            (.nothing, .nothing, 13.9, 20.9, nil), (.nothing, .nothing, 13.9, 21, ReviewRefusal.tooLate),
            (.nothing, .nothing, 14.1, 14.1, .tooLate), (.shown, .nothing, 1, 14.1, .tooLate),
            (.nothing, .promised, 1, 1, .alreadyRated), (.rated, .rated, 1, 1, .alreadyRated),
        ] as [(Given, Given, Double, Double, ReviewRefusal?)])
    func word(ours: Given, theirs: Given, said: Double, heard: Double, refusal: ReviewRefusal?) {
        let reviews = Self.reviews(ours, theirs, .owner)
        #expect(reviews.refusal(ofWordBy: .mentor, published: Self.after(said), at: Self.after(heard)) == refusal)
    }

    /// Plays two servers that know nothing but what they send each other, in every order of what can happen.
    @Test("In whatever order things happen, nobody's rating leaves before the other's was given or the time is over")
    func orders() {
        enum Step: CaseIterable { case menteeRates, mentorRates, promiseToMentor, promiseToMentee, over }
        var orders: [[Step]] = [[]]
        for _ in Step.allCases {
            orders = orders.flatMap { order in Step.allCases.filter { !order.contains($0) }.map { order + [$0] } }
        }
        for order in orders {
            // What the owner's and the mirror's copy know of each side.
            var owner: [Role: Given] = [:]
            var mirror: [Role: Given] = [:]
            var now = Self.after(1)
            for step in order {
                func copy(_ known: [Role: Given], _ custody: Custody) -> SessionReviews {
                    Self.reviews(known[.mentee] ?? .nothing, known[.mentor] ?? .nothing, custody)
                }
                switch step {
                case .menteeRates:
                    if copy(owner, .owner).refusal(by: .mentee, at: now) == nil { owner[.mentee] = .rated }
                case .mentorRates:
                    if copy(mirror, .mirror).refusal(by: .mentor, at: now) == nil { mirror[.mentor] = .rated }
                case .promiseToMentor:
                    if owner[.mentee] != nil,
                        copy(mirror, .mirror).refusal(ofWordBy: .mentee, published: now, at: now) == nil
                    {
                        mirror[.mentee] = .promised
                    }
                case .promiseToMentee:
                    if mirror[.mentor] != nil,
                        copy(owner, .owner).refusal(ofWordBy: .mentor, published: now, at: now) == nil
                    {
                        owner[.mentor] = .promised
                    }
                case .over: now = Self.after(15)
                }
                for role in copy(owner, .owner).toReveal(at: now) { owner[role] = .shown }
                for role in copy(mirror, .mirror).toReveal(at: now) { mirror[role] = .shown }
                let isOver = now > Self.after(14)
                #expect(owner[.mentee] != .shown || isOver || mirror[.mentor] != nil, "\(order)")
                #expect(mirror[.mentor] != .shown || isOver || owner[.mentee] != nil, "\(order)")
            }
        }
    }

    @Test("Everybody reads what both let everybody read")
    func consent() {
        #expect(Self.reviews(.shown, .shown).arePublic)
        #expect(!Self.reviews(.shown, .nothing).arePublic && !Self.reviews(.shown, .rated).arePublic)
    }
}

struct RatingTests {
    static let five = Dictionary(uniqueKeysWithValues: RatingDimension.of(.mentor).map { ($0, 5) })

    static func with(_ dimension: RatingDimension, _ score: Int?) -> [RatingDimension: Int] {
        var scores = five
        scores[dimension] = score
        return scores
    }

    @Test("Without an overall it is the mean, to a tenth", arguments: [
        ([5, 5, 5, 5, 5], nil, 50), ([5, 4, 5, 4, 4], nil, 44), ([1, 1, 1, 1, 2], nil, 12), ([3, 3, 3, 3, 3], 5, 50),
    ] as [([Int], Int?, Int)])
    func overall(scores: [Int], given: Int?, tenths: Int) throws {
        let draft = RatingDraft(
            scores: Dictionary(uniqueKeysWithValues: zip(RatingDimension.of(.mentee), scores)), overall: given)
        #expect(try draft.checked(of: .mentee).overall == tenths)
    }

    @Test("What is no rating is named", arguments: [
        (RatingDraft(scores: with(.helpfulness, nil)), ["scores.helpfulness"]),
        (RatingDraft(scores: with(.helpfulness, 0)), ["scores.helpfulness"]),
        (RatingDraft(scores: with(.availability, 6)), ["scores.availability"]),
        (RatingDraft(scores: with(.effort, 5)), ["scores.effort"]),
        (RatingDraft(scores: five, overall: 6), ["overall"]), (RatingDraft(scores: five, overall: 0), ["overall"]),
        (RatingDraft(scores: five, words: String(repeating: "a", count: 2001)), ["words"]),
        (RatingDraft(scores: [:]), RatingDimension.of(.mentor).map { "scores.\($0.rawValue)" }),
    ])
    func wrong(draft: RatingDraft, fields: [String]) {
        let error = #expect(throws: InvalidFields.self) { try draft.checked(of: .mentor) }
        #expect(error?.errors.map(\.field) == fields)
    }

    @Test("Another server's rating is taken as far as it makes sense", arguments: [
        (4.4, [RatingDimension.effort: 5], 44, [RatingDimension.effort: 5]), (5, [:], 50, [:]),
        (1.0, [.effort: 1, .helpfulness: 3], 10, [.effort: 1]), (0.5, [:], nil, [:]), (5.1, [:], nil, [:]),
        (.nan, [:], nil, [:]), (.infinity, [:], nil, [:]), (1e300, [:], nil, [:]), (3, [.effort: 9], nil, [:]),
    ] as [(Double, [RatingDimension: Int], Int?, [RatingDimension: Int])])
    func heard(overall: Double, scores: [RatingDimension: Int], tenths: Int?, kept: [RatingDimension: Int]) {
        let words = String(repeating: "a", count: 3000) + "\u{7}"
        let rating = HeardRating(overall: overall, scores: scores, words: words, isPublic: true).rating(of: .mentee)
        #expect(rating?.overall == tenths)
        #expect(rating.map { $0.scores == kept && $0.words.count == Rating.mostWords } ?? true)
    }

    @Test("A mean is told of three, and rounded", arguments: [(0, 0, nil), (2, 100, nil), (3, 130, 43), (4, 178, 45)]
        as [(Int, Int, Int?)])
    func summary(count: Int, total: Int, mean: Int?) {
        #expect(RatingSummary(count: count, total: total).mean == mean)
        #expect(RatingSummary(count: count, total: total, least: 0).mean == (count == 0 ? nil : mean ?? 50))
    }
}
