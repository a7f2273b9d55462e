import Foundation
import JSONTree
import Social
import TestSupport
import Testing
import UseCases
import WebServer

/// Each sort of access against each sort of token, with the real table of tokens.
struct TokenTests {
    enum Header: CaseIterable, Sendable {
        case none, wrong, empty, basic, query, readOnly, writeOnly, lowerCase

        func fields(read: String, write: String) -> [String] {
            switch self {
            case .none, .query: []
            case .wrong: ["Authorization: Bearer \(String(repeating: "a", count: 43))"]
            case .empty: ["Authorization: Bearer "]
            case .basic: ["Authorization: Basic \(read)"]
            case .readOnly: ["Authorization: Bearer \(read)"]
            case .writeOnly: ["Authorization: Bearer \(write)"]
            case .lowerCase: ["authorization: bearer   \(read)"]
            }
        }

        var onRead: Int {
            switch self {
            case .readOnly, .lowerCase: 200
            case .writeOnly: 403
            default: 401
            }
        }

        var onWrite: Int {
            switch self {
            case .writeOnly: 200
            case .readOnly, .lowerCase: 403
            default: 401
            }
        }
    }

    @Test func admitsWhomItShould() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika")
            let tokens = Tokens(database: home.database)
            let read = try await tokens.issue(name: "r", scopes: [.read], to: mika)
            let write = try await tokens.issue(name: "w", scopes: [.write], to: mika)
            try await withServer(authorise: bearerTokens(tokens)) { port in
                for header in Header.allCases {
                    let fields = header.fields(read: read, write: write)
                    let query = header == .query ? "?access_token=\(read)" : ""
                    for (method, target, status) in [
                        ("GET", "/read", header.onRead), ("POST", "/write", header.onWrite), ("GET", "/hello", 200),
                    ] {
                        let reply = try #require(
                            try await RawClient.request(method, target + query, fields: fields, to: port))
                        #expect(reply.status == status, "\(header) \(target)")
                        if status == 200, target != "/hello" { #expect(reply.body == "\"mika@mail.example\"") }
                        #expect((reply.field("www-authenticate") != nil) == (status != 200))
                    }
                }
            }
        }
    }
}
