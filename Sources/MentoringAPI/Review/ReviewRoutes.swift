import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
import Social
import Store
package import UseCases
package import WebServer
import Wire

/// Ratings: of a session by its two people, of a mentor for everybody, and what moderators do about them.
package struct ReviewRoutes: Sendable {
    private let database: Pool
    private let desk: ReviewDesk

    package init(database: Pool, desk: ReviewDesk) {
        self.database = database
        self.desk = desk
    }

    package var routes: [Route] {
        let session = "/api/mentoring/sessions/{id}/reviews"
        let review = "/api/mentoring/reviews/{id}"
        return [
            Route(.get, session, access: .token(.read)) { try await read($0) },
            Route(.post, session, access: .token(.write)) { try await rate($0) },
            Route(.get, "/api/mentoring/mentors/{handle}/reviews", access: .token(.read)) { try await list($0) },
            Route(.delete, "\(review)/words", access: .token(.write)) { try await clear($0) },
            Route(.post, "\(review)/report", access: .token(.write)) { try await report($0) },
        ]
    }

    private func read(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor
        guard let session = try await database.session(try exchange.id(), for: reader.id) else {
            throw Problem.notFound
        }
        return try await answer(try await database.reviews(of: session), of: session, to: reader, status: 200)
    }

    private func rate(_ exchange: Exchange) async throws -> Answer {
        let author = try exchange.requireAccount().actor
        let id = try exchange.id()
        let draft = try exchange.read(RatingDraft.init(fields:))
        let now = DateTime.cutToMilliseconds(Date())
        do {
            let reviews = try await database.transaction { transaction in
                try await desk.rate(draft, on: id, by: author, now: now, in: transaction)
            }
            guard let reviews, let session = try await database.session(id, for: author.id) else {
                throw Problem.notFound
            }
            return try await answer(reviews, of: session, to: author, status: 201)
        } catch let refusal as ReviewRefusal {
            throw Problem.conflict(refusal.sentence, details: [("conflict", .string(refusal.rawValue))])
        }
    }

    private func answer(
        _ reviews: SessionReviews, of session: Session, to reader: Actor, status: Int
    ) async throws -> Answer {
        let people = try await database.actors(ids: [session.mentee, session.mentor])
        let role = session.role(of: reader.id) ?? .mentee
        return Answer.json(reviews.json(for: role, people, at: Date()), status: status).privately
    }

    private func list(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        let limit = try exchange.limit()
        guard let mentor = try await database.mentor(exchange.parameter("handle"), for: reader) else {
            throw Problem.notFound
        }
        let found = try await database.publicReviews(
            of: mentor.actor.id, before: try exchange.cursor("before"), limit: limit)
        let people = try await database.actors(ids: Set(found.map(\.review.author)))
        let summary = try await database.ratings(of: [mentor.actor.id])[mentor.actor.id] ?? .none
        let next = found.count == limit ? found.last.map { JSON.string(String($0.number)) } : nil
        return Answer.json([
            "ratings": summary.json, "reviews": .array(found.compactMap { $0.review.json(people) }),
            "next": next ?? .null,
        ]).privately
    }

    private func clear(_ exchange: Exchange) async throws -> Answer {
        let moderator = try exchange.requireAccount()
        let id = try? exchange.id()
        let isDone = try await database.transaction { transaction in
            try await desk.clear(id ?? UUID(), by: moderator, now: Date(), in: transaction)
        }
        guard isDone else { throw Problem.notFound }
        return Answer(status: 204).privately
    }

    private func report(_ exchange: Exchange) async throws -> Answer {
        let reporter = try exchange.requireAccount().actor
        let id = try exchange.id()
        let comment = try exchange.read { $0.optional("comment", .text(length: 0...Report.mostComment)) } ?? ""
        let report = try await database.transaction { transaction in
            try await desk.report(id, by: reporter, comment: comment, in: transaction)
        }
        guard let report else { throw Problem.notFound }
        return Answer.json(["id": .string(String(report.id))], status: 201).privately
    }
}

extension RatingDraft {
    init(fields: JSONFields) {
        let scores = fields.required(
            "scores",
            .object { scores in
                RatingDimension.allCases.compactMap { dimension in
                    scores.optional(dimension.rawValue, .integer(in: Rating.stars)).map { (dimension, $0) }
                }
            })
        self.init(
            scores: Dictionary(scores) { first, _ in first },
            overall: fields.optional("overall", .integer(in: Rating.stars)),
            words: fields.optional("words", .text(length: 0...20_000)) ?? "",
            isPublic: fields.optional("public", .bool) ?? false)
    }
}

extension ReviewRefusal {
    fileprivate var sentence: String {
        switch self {
        case .notCompleted: "Only a session that took place can be rated."
        case .alreadyRated: "You have rated this session already."
        case .tooLate: "The time for ratings of this session is over."
        }
    }
}
