import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

@testable import WebServer

/// Bodies that bring files.
struct UploadTests {
    private static let routes = [
        Route(.post, "/api/file", access: .open, bodyLimit: 1000, uploadLimit: 100_000) { exchange in
            .json(["size": .int(try exchange.input().files["file"]?.bytes.count ?? -1)])
        }
    ]

    private func multipart(_ size: Int, name: String = "file\"; filename=\"a") -> String {
        "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(String(repeating: "x", count: size))\r\n--b--\r\n"
    }

    @Test(
        "A body may be larger where it brings files, and only there",
        arguments: [
            ("multipart/form-data; boundary=b", 90_000, 200), ("Multipart/form-data; boundary=b", 90_000, 200),
            ("multipart/form-data; boundary=b", 100_000, 413), ("application/x-www-form-urlencoded", 2000, 413),
            ("application/json", 2000, 413),
        ])
    func limits(type: String, size: Int, status: Int) async throws {
        try await withServer(Self.routes) { port in
            let reply = try await RawClient.request(
                "POST", "/api/file", fields: ["Content-Type: \(type)"], body: multipart(size), to: port)
            #expect(reply?.status == status)
            if status == 200 { #expect(reply?.body == "{\"size\":\(size)}") }
        }
    }

    @Test("What is no file is as short there as everywhere")
    func texts() async throws {
        let routes = [
            Route(.post, "/api/file", access: .open, uploadLimit: 1_000_000) { exchange in
                .json(["size": .int(try exchange.input().text("note")?.utf8.count ?? -1)])
            }
        ]
        try await withServer(routes) { port in
            for (size, status) in [(200_000, 200), (300_000, 413)] {
                let reply = try await RawClient.request(
                    "POST", "/api/file", fields: ["Content-Type: multipart/form-data; boundary=b"],
                    body: multipart(size, name: "note"), to: port)
                #expect(reply?.status == status)
            }
        }
    }

    @Test("Uploads are counted by account, whatever the token; other requests of the route are not uploads")
    func paces() async throws {
        try await withCommunity { home in
            let (ann, ben) = (try await home.person("ann"), try await home.person("ben"))
            let limits = RequestLimits(factor: 1)
            let now = Date(timeIntervalSince1970: 1_800_000_000)
            func grant(_ id: Int64, _ account: Account) -> TokenGrant {
                TokenGrant(id: id, account: account, app: 1, scopes: [.write])
            }
            for left in (0..<30).reversed() {
                let token = grant(Int64(left % 3), ann)
                #expect(limits.take(.uploads, grant: token, client: .loopback, at: now)?.remaining == left)
            }
            #expect(limits.take(.uploads, grant: grant(9, ann), client: .loopback, at: now)?.wait == 60)
            #expect(limits.take(.uploads, grant: grant(9, ben), client: .loopback, at: now)?.remaining == 29)
            #expect(limits.take(.steady, grant: grant(9, ann), client: .loopback, at: now)?.remaining == 299)
        }
        try await withServer(Self.routes, configure: { $0.requestFactor = 0.1 }) { port in
            for (type, limit) in [("multipart/form-data; boundary=b", "3"), ("application/x-www-form-urlencoded", "30")] {
                let reply = try await RawClient.request(
                    "POST", "/api/file", fields: ["Content-Type: \(type)"], body: multipart(1), to: port)
                #expect(reply?.field("x-ratelimit-limit") == limit)
            }
        }
    }

    @Test("No more than some are worked on at once; all come to their turn")
    func turns() async throws {
        let inside = Counter()
        let routes = [
            Route(.post, "/api/file", access: .open, uploadLimit: 100_000) { _ in
                await inside.enter()
                #expect(await until { await inside.most >= Server.uploads })
                // Time in which one too many would come.
                try await Task.sleep(for: .milliseconds(50))
                await inside.leave()
                return .json([:])
            }
        ]
        try await withServer(routes) { port in
            try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await RawClient.request(
                            "POST", "/api/file", fields: ["Content-Type: multipart/form-data; boundary=b"],
                            body: multipart(50_000), to: port)?.status
                    }
                }
                for try await status in group { #expect(status == 200) }
            }
            #expect(await inside.most == Server.uploads)
        }
    }

    private actor Counter {
        private var now = 0
        private(set) var most = 0

        func enter() {
            now += 1
            most = max(most, now)
        }

        func leave() { now -= 1 }
    }

    @Test("A body has the more time the more of it came")
    func time() {
        let deadlines = Deadlines()
        #expect(deadlines.body(after: 0) == .seconds(30))
        #expect(deadlines.body(after: 16 << 20) == .seconds(286))
    }
}
