import Foundation
import JSONTree
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

@testable import WebServer

struct RequestLimitsTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func grant(_ id: Int64) -> TokenGrant { TokenGrant(id: id, account: nil, app: 1, scopes: [.read]) }

    @Test("Each token has 300 requests in five minutes, each address without one as many, and they come back")
    func counts() {
        let limits = RequestLimits(factor: 1)
        for left in (0..<300).reversed() {
            let allowance = limits.take(.steady, grant: grant(1), client: .loopback, at: Self.now)
            #expect(allowance?.remaining == left && allowance?.wait == nil)
        }
        let over = limits.take(.steady, grant: grant(1), client: .loopback, at: Self.now)
        #expect(over?.wait == 1 && over?.limit == 300)
        #expect(over?.reset == Self.now.addingTimeInterval(300))
        #expect(limits.take(.steady, grant: grant(2), client: .loopback, at: Self.now)?.remaining == 299)
        #expect(limits.take(.steady, grant: nil, client: .loopback, at: Self.now)?.remaining == 299)
        let later = Self.now.addingTimeInterval(10)
        #expect(limits.take(.steady, grant: grant(1), client: .loopback, at: later)?.remaining == 9)
    }

    @Test("What is rare has an allowance of its own, what is free has none, and a factor changes all")
    func paces() {
        let limits = RequestLimits(factor: 2)
        #expect(limits.take(.rare, grant: nil, client: .loopback, at: Self.now)?.remaining == 59)
        #expect(limits.take(.steady, grant: nil, client: .loopback, at: Self.now)?.remaining == 599)
        #expect(limits.take(.free, grant: nil, client: .loopback, at: Self.now) == nil)
        #expect(RequestLimits(factor: 0).take(.steady, grant: nil, client: .loopback, at: Self.now) == nil)
    }

    @Test("Answers tell what is left, and the one too many says when to come again")
    func tells() async throws {
        let routes = [Route(.get, "/api/x", access: .open, pace: .rare) { _ in .json([]) }]
        try await withServer(routes, configure: { $0.requestFactor = 0.07 }) { port in
            for (left, status) in [("1", 200), ("0", 200), ("0", 429)] {
                let reply = try #require(try await RawClient.request("GET", "/api/x", fields: [], to: port))
                #expect(reply.status == status)
                #expect(reply.field("x-ratelimit-limit") == "2")
                #expect(reply.field("x-ratelimit-remaining") == left)
                #expect(reply.field("x-ratelimit-reset").flatMap(DateTime.parse) ?? .distantPast > Date())
                #expect((reply.field("retry-after") != nil) == (status == 429))
            }
        }
    }
}
