import JSONTree
import PostgreSQL
import TestSupport
import Testing
import WebServer
import Wire

struct ProblemTests {
    static let errors: [(any Error, Int)] = [
        (Problem.notFound, 404), (InvalidFields([FieldError(field: "a", message: "b")]), 422),
        (FieldError(field: "a", message: "b"), 422), (PostgresError.poolTimeout(after: .seconds(1)), 503),
        (PostgresError.server(ServerError(state: .serializationFailure)), 503),
        (PostgresError.server(ServerError(state: .uniqueViolation)), 500), (CancellationError(), 503),
        (PostgresError.nestedUse, 500),
    ]

    @Test(arguments: errors.indices)
    func explains(index: Int) {
        #expect(Problem(explaining: Self.errors[index].0).status == Self.errors[index].1)
    }

    @Test func isNeverKept() {
        let answer = Problem.conflict("Taken.", details: [("status", "pending")]).answer
        #expect(answer.status == 409)
        #expect(answer.fields.contains { $0.name == "cache-control" && $0.value == "no-store" })
        #expect(String(decoding: answer.body, as: UTF8.self) == #"{"error":"Taken.","status":"pending"}"#)
    }
}

struct NegotiationTests {
    @Test(
        "Servers get documents, browsers pages",
        arguments: [
            ("application/activity+json", true),
            (#"application/ld+json; profile="https://www.w3.org/ns/activitystreams""#, true),
            ("application/json", true), ("text/html", false), ("*/*", false), ("", false),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false),
            ("text/html;q=0.5, application/activity+json", true), ("application/activity+json;q=0.1, text/html", false),
            ("application/activity+json, text/html", true), ("\u{0},;;==", false),
        ])
    func prefers(accept: String, activityStreams: Bool) {
        let exchange = Exchange(
            method: "GET", target: "/", parameters: [:], query: [], fields: [("accept", accept)], body: [], grant: nil
        )
        #expect(exchange.prefersActivityStreams == activityStreams)
    }
}
