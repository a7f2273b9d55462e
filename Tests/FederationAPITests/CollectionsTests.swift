import Federation
import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import WebServer
import Wire

/// What an actor published, follows and shows first, as others page through it.
struct CollectionsTests {
    private func withBench(_ body: (PublicBench) async throws -> Void) async throws {
        try await withFederation { try await body(try await PublicBench($0)) }
    }

    @Test("The outbox lists what everybody may read and what was passed on, the latest first, each once")
    func outbox() async throws {
        try await withBench { bench in
            let eve = try await bench.actor("eve")
            var expected: [JSON] = []
            for index in 0..<50 {
                if index.isMultiple(of: 5) {
                    // Of what is passed on only what everybody may read, and as far as it was meant to reach.
                    let visibility: Visibility = index.isMultiple(of: 10) ? .public : .followers
                    let post = try await bench.home.post(by: eve)
                    let id = bench.home.community.addresses.activity(UUID())
                    _ = try await bench.home.database.insertBoost(
                        id, by: bench.ann.id, of: post.id, visibility: visibility)
                    if visibility == .public { expected.insert(.string(id.string), at: 0) }
                } else {
                    let visibility = Visibility.allCases[index % 4]
                    let post = try await bench.home.post(by: bench.ann, visibility, to: [eve])
                    if visibility.isOpen { expected.insert(.string("\(post.uri)/activity"), at: 0) }
                }
            }
            let outbox = try await bench.document("/users/ann/outbox")
            #expect(outbox["type"] == "OrderedCollection")
            #expect(outbox["totalItems"]?.int == expected.count)
            let (items, pages) = try await bench.all(
                of: "\(bench.ann.uri)/outbox", page: try #require(outbox["first"]?.string))
            #expect(items.compactMap { $0["id"] } == expected)
            #expect(Set(items.compactMap { $0["type"]?.string }) == ["Create", "Announce"])
            #expect(pages == (expected.count + 19) / 20)
            // Whoever asks, it is the same: it is what anybody may read.
            let signed = try await bench.get("/users/ann/outbox?page=true", as: "ben")
            #expect(try json(signed.text) == (try await bench.document("/users/ann/outbox?page=true")))
        }
    }

    @Test(
        "An empty outbox is one, and no position is an error",
        arguments: [
            "", "?page=true", "?page=true&before=x", "?page=true&before=-1", "?page=true&before=99999999999999999999",
        ])
    func empty(query: String) async throws {
        try await withBench { bench in
            let document = try await bench.document("/users/ann/outbox\(query)")
            #expect(document["orderedItems"].list.isEmpty)
            #expect(document["next"] == nil)
        }
    }

    @Test("Who does not want to be found shows how many, never who", arguments: ["followers", "following"])
    func numbersOnly(collection: String) async throws {
        try await withBench { bench in
            try await bench.home.follow(try await bench.actor("eve"), by: bench.ann)
            for query in ["", "?page=true", "?page=true&before=9"] {
                let answer = try await bench.get("/users/ann/\(collection)\(query)", as: "ben")
                let document = try json(answer.text)
                #expect(document["totalItems"] == 1, "\(query)")
                #expect(document["type"] == "OrderedCollection")
                for name in ["first", "items", "orderedItems", "next"] { #expect(document[name] == nil) }
            }
        }
    }

    @Test("Who wants to be found shows accepted followers, the latest first, page by page")
    func followers() async throws {
        try await withBench { bench in
            try await bench.home.database.update(
                bench.ann.id, name: "Ann", summary: "", isLocked: false, isDiscoverable: true)
            var expected = [JSON.string(try #require(bench.readers["ben"]).uri.string)]
            for index in 0..<80 {
                let follower = try await bench.home.neighbour("n\(index)")
                try await bench.home.follow(bench.ann, by: follower)
                expected.insert(.string(follower.uri.string), at: 0)
            }
            let document = try await bench.document("/users/ann/followers")
            #expect(document["totalItems"] == 81)
            let (items, pages) = try await bench.all(
                of: "\(bench.ann.uri)/followers", page: try #require(document["first"]?.string))
            #expect(items == expected)
            #expect(pages == 3)
            #expect(try await bench.document("/users/ann/following")["totalItems"] == 0)
        }
    }

    @Test("The featured collection has the pinned posts whole, and none that is not for all")
    func featured() async throws {
        try await withBench { bench in
            let posts = [
                try await bench.home.post(by: bench.ann, .public, "One"),
                try await bench.home.post(by: bench.ann, .followers, "Two"),
                try await bench.home.post(by: bench.ann, .unlisted, "Three"),
            ]
            for post in posts { _ = try await bench.home.database.insertPin(post.id, by: bench.ann.id) }
            let document = try await bench.document("/users/ann/featured")
            #expect(document["totalItems"] == 2)
            #expect(document["orderedItems"].list.map { $0["content"] } == ["<p>Three</p>", "<p>One</p>"])
            #expect(try await bench.get("/users/ann/featured", as: "ben").text.contains("Two") == false)
        }
    }

    @Test("Every actor's document names the collections that are there, and no private one of another")
    func named() async throws {
        try await withBench { bench in
            let document = try await bench.document("/users/ann")
            for name in ["outbox", "followers", "following", "featured"] {
                let address = try uri(document[name]?.string ?? "")
                #expect(try await bench.document(address.path)["id"]?.string == address.string, "\(name)")
            }
            for name in ["outbox", "followers", "following", "featured"] {
                #expect(try await bench.document("/actor/\(name)")["totalItems"] == 0, "\(name)")
            }
        }
    }

    // MARK: Validators

    @Test("An actor that did not change is not sent again, by tag or by date")
    func notModified() async throws {
        try await withBench { bench in
            let first = try await bench.get("/users/ann")
            let tag = try #require(first.field("etag"))
            let modified = try #require(first.field("last-modified"))
            for fields in [[("if-none-match", tag)], [("if-modified-since", modified)]] {
                let answer = try await bench.get("/users/ann", fields)
                #expect(answer.status == 304)
                #expect(answer.body.isEmpty)
            }
            try await bench.home.database.execute("update actors set updated_at = now() - interval '1 day'")
            try await bench.home.database.update(
                bench.ann.id, name: "Ann O.", summary: "", isLocked: false, isDiscoverable: false)
            try await bench.home.database.execute("update actors set updated_at = now() + interval '2 seconds'")
            #expect(try await bench.get("/users/ann", [("if-none-match", tag)]).status == 200)
            #expect(try await bench.get("/users/ann", [("if-modified-since", modified)]).status == 200)
            // A tag decides alone where it is there (RFC 9110 section 13.2.2).
            let both = [("if-none-match", tag), ("if-modified-since", "Fri, 01 Jan 2999 00:00:00 GMT")]
            #expect(try await bench.get("/users/ann", both).status == 200)
        }
    }

    // MARK: Deleted accounts

    @Test("Of a deleted account everything is gone for good, and said to be")
    func deletedAccount() async throws {
        try await withBench { bench in
            let posts = [
                try await bench.home.post(by: bench.ann), try await bench.home.post(by: bench.ann, .followers),
            ]
            try await bench.home.database.transaction {
                try await bench.federation.desks.deleteAccount(bench.ann, now: .thisSecond, in: $0)
            }
            let handle = "acct:ann@\(bench.federation.community.domain)"
            let targets = [
                "/users/ann", "/@ann", "/users/ann/outbox", "/users/ann/followers", "/users/ann/following",
                "/users/ann/featured", "/.well-known/webfinger?resource=\(handle)",
            ]
            for target in targets + posts.map(\.uri.path) {
                let answer = try await bench.get(target)
                #expect(answer.status == 410, "\(target)")
                #expect(!answer.text.contains("Hello"), "\(target)")
            }
            #expect(try await bench.get("/users/ann", [("accept", "text/html")]).status == 410)
            #expect(try await bench.get("/users/bob").status == 404)
        }
    }
}
