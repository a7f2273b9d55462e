import JSONTree
import Mentoring
import PostgreSQL
import Social
import Store
import UseCases
import WebServer
import Wire

extension SessionRoutes {
    /// How a meeting went, as each of the two tells it, and their objections to what the other told.
    var outcomes: [Route] {
        let session = "/api/mentoring/sessions/{id}"
        return [
            Route(.post, "\(session)/outcome", access: .token(.write)) { exchange in
                let account = try exchange.requireAccount()
                let outcome = try Self.outcome(exchange)
                return try await act(exchange, by: account) { session, transaction in
                    // Who does not say how long they met, but when they began and ended, has said it.
                    .report(outcome.lasting(try await transaction.workspace(of: session.id)?.workspace.minutes))
                }
            },
            Route(.post, "\(session)/dispute", access: .token(.write)) { exchange in
                let account = try exchange.requireAccount()
                let words = try exchange.read { $0.required("reason", .text(length: 1...5000)) }
                let reason = try Reason(writing: words, code: .disputed)
                return try await act(exchange, by: account) { _, _ in .dispute(reason) }
            },
        ]
    }

    private static func outcome(_ exchange: Exchange) throws -> Outcome {
        let outcome = try exchange.read { fields in
            Outcome(
                menteeAttended: fields.required("mentee_came", .bool),
                mentorAttended: fields.required("mentor_came", .bool),
                minutes: fields.optional("minutes", .integer(in: Outcome.minutes)))
        }
        guard let outcome else { throw FieldError(field: "minutes", message: "Use 0 to 1440.") }
        return outcome
    }
}

extension OutcomeReport {
    func json(by role: Role) -> JSON {
        [
            "by": .string(role.rawValue), "mentee_came": .bool(outcome.menteeAttended),
            "mentor_came": .bool(outcome.mentorAttended), "minutes": outcome.minutes.map { .int($0) } ?? .null,
            "at": .string(DateTime.format(at)),
        ]
    }
}
