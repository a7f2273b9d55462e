import JSONTree
import Social
import Testing
import WebServer

/// What people and programs get in place of what they asked for.
struct RefusalsTests {
    private static let routes = [
        Route(.get, "/here", access: .open) { _ in throw Problem.crowded },
        Route(.get, "/api/here", access: .open) { _ in throw Problem.crowded },
        Route(.get, "/token", access: .token(.read)) { _ in .json([:]) },
    ]
    private static let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"

    private func withPages(_ body: (Int) async throws -> Void) async throws {
        try await withServer(
            Self.routes, refusalPage: { .page("<h1>\($0.message)</h1>", status: $0.status).with("x-other", "yes") }, body)
    }

    @Test(
        "Whoever would rather have HTML gets a page, whatever is wrong",
        arguments: [
            ("GET", "/here", 503, "Too much is going on here."), ("GET", "/nowhere", 404, "Record not found"),
            ("GET", "/token", 401, "The access token is invalid"), ("POST", "/here", 405, "This address takes GET."),
            ("DELETE", "/", 404, "Record not found"), ("GET", "/apiary", 404, "Record not found"),
        ])
    func pages(method: String, target: String, status: Int, words: String) async throws {
        try await withPages { port in
            let accept = ["Accept: \(Self.browser)"]
            let page = try #require(try await RawClient.request(method, target, fields: accept, to: port))
            #expect(page.status == status)
            #expect(page.field("content-type") == "text/html; charset=utf-8")
            #expect(page.body.hasPrefix("<h1>\(words)"))
            let json = try #require(try await RawClient.request(method, target, to: port))
            #expect(json.status == status)
            #expect(json.body.hasPrefix(#"{"error":"\#(words)"#))
            func others(_ reply: RawClient.Reply) -> [String] {
                reply.fields.filter { !["content-type", "content-length", "date"].contains($0.name) }
                    .map { "\($0.name): \($0.value)" }.sorted()
            }
            #expect(others(page) == others(json))
        }
    }

    @Test(
        "Programs get JSON, whatever else they would take",
        arguments: [
            "", "*/*", "application/json", "application/json, text/html", "text/html;q=0.5, application/activity+json",
            "text/html;q=0", "image/avif,image/webp,*/*;q=0.8", "text/plain",
        ])
    func programs(accept: String) async throws {
        try await withPages { port in
            let reply = try #require(
                try await RawClient.request("GET", "/here", fields: ["Accept: \(accept)"], to: port))
            #expect(reply.status == 503)
            #expect(reply.field("content-type") == "application/json; charset=utf-8")
        }
    }

    @Test("Below /api/ there are no pages", arguments: [("/api/here", 503), ("/api/nowhere", 404), ("/api/", 404)])
    func api(target: String, status: Int) async throws {
        try await withPages { port in
            let reply = try #require(
                try await RawClient.request("GET", target, fields: ["Accept: \(Self.browser)"], to: port))
            #expect(reply.status == status)
            #expect(reply.field("content-type") == "application/json; charset=utf-8")
        }
    }

    @Test("Where a page cannot be made, there is JSON")
    func broken() async throws {
        try await withServer(Self.routes, refusalPage: { _ in throw Secret() }) { port in
            let reply = try #require(
                try await RawClient.request("GET", "/here", fields: ["Accept: text/html"], to: port))
            #expect(reply.status == 503)
            #expect(reply.field("content-type") == "application/json; charset=utf-8")
        }
    }
}
