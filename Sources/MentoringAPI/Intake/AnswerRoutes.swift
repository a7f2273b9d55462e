import JSONTree
import Mentoring
package import PostgreSQL
import Social
import Store
package import WebServer
import Wire

/// `/api/mentoring/answers`: what the token's holder answered to mentors before, to be used again.
package struct AnswerRoutes: Sendable {
    /// Questions that are told at most.
    static let most = 100

    private let database: Pool

    package init(database: Pool) { self.database = database }

    package var routes: [Route] {
        [
            Route(.get, "/api/mentoring/answers", access: .token(.read)) { exchange in
                let given = try await database.latestAnswers(
                    by: try exchange.requireAccount().actor.id, limit: Self.most)
                return Answer.json([
                    "answers": .array(
                        given.map { answer in
                            [
                                "question": .string(answer.question), "text": .string(answer.text),
                                "answered_at": .string(DateTime.format(answer.at)),
                            ]
                        })
                ]).privately
            }
        ]
    }
}

extension JSONRule<[IntakeAnswerDraft]> {
    static var answers: JSONRule {
        .list(
            of: .object { fields in
                IntakeAnswerDraft(
                    question: fields.required("question", .text(length: 1...2000)),
                    text: fields.required("text", .text(length: 0...20_000)))
            }, count: 0...100)
    }
}

extension IntakeAnswer {
    var json: JSON { ["question": .string(question), "text": text.map { .string($0) } ?? .null] }
}

extension OpenAsks {
    var json: JSON { ["open": .int(open), "most": .int(most), "left": .int(left)] }
}
