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

struct PostRoutesTests {
    private func withBench(_ body: (PublicBench) async throws -> Void) async throws {
        try await withFederation { try await body(try await PublicBench($0)) }
    }

    /// Who reads what by proving who they are; nil is who proves nothing.
    static let readers: [(String?, followers: Bool, direct: Bool)] = [
        (nil, false, false), ("ben", true, false), ("ben's server", true, false), ("eve", true, true),
        ("eve's server", true, true), ("pia", false, false), ("pia's server", false, false), ("zed", false, false),
        ("zed's server", false, false),
    ]

    @Test("A post is there for whom it is for, and looks to everybody else like one that never was")
    func matrix() async throws {
        try await withBench { bench in
            let missing = try await bench.get("/posts/\(UUID().uuidString.lowercased())")
            #expect(missing.status == 404)
            for visibility in Visibility.allCases {
                let post = try await bench.home.post(
                    by: bench.ann, visibility, "Secret", to: [try await bench.actor("eve")])
                for (reader, followers, direct) in Self.readers {
                    let isThere = visibility.isOpen || (visibility == .followers ? followers : direct)
                    for target in ["", "/activity", "/replies"].map({ post.uri.path + $0 }) {
                        let answer = try await bench.get(target, as: reader)
                        let name = Comment("\(visibility) \(reader ?? "nobody") \(target)")
                        #expect(answer.status == (isThere ? 200 : 404), name)
                        if !isThere { #expect(answer.body == missing.body, name) }
                        let isCached = isThere && reader == nil
                        #expect(answer.field("cache-control")?.hasPrefix("public") == isCached, name)
                    }
                }
            }
        }
    }

    @Test("The document is the post, and its activity the Create that brought it")
    func documents() async throws {
        try await withBench { bench in
            let post = try await bench.home.post(by: bench.ann, .public, "Hello", to: [try await bench.actor("eve")])
            let document = try await bench.document(post.uri.path)
            #expect(try JSONSchema().errors(in: document, as: "post/post") == [])
            #expect(document["id"]?.string == post.uri.string)
            #expect(document["content"] == "<p>Hello</p>")
            let create = try await bench.document(post.uri.path + "/activity")
            #expect(try JSONSchema().errors(in: create, as: "post/create") == [])
            #expect(create["id"]?.string == "\(post.uri)/activity")
            #expect(create["object"]?["id"] == document["id"])
        }
    }

    @Test("The same address is a page for people, but only of what is open")
    func negotiates() async throws {
        try await withBench { bench in
            let (open, hidden) = (
                try await bench.home.post(by: bench.ann, .unlisted),
                try await bench.home.post(by: bench.ann, .followers)
            )
            let browser = [(name: "accept", value: "text/html,application/xhtml+xml,*/*;q=0.8")]
            let page = try await bench.get(open.uri.path, browser)
            #expect(page.status == 200)
            #expect(page.field("content-type") == "text/html; charset=utf-8")
            #expect(page.text == "ann: <p>Hello</p>")
            #expect(try await bench.get(hidden.uri.path, browser).status == 404)
            #expect(try await bench.get(hidden.uri.path, as: "ben", browser).status == 404)
            for accept in [
                "application/activity+json", "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
            ] {
                let answer = try await bench.get(open.uri.path, [("accept", accept)])
                #expect(answer.field("content-type") == "application/activity+json; charset=utf-8")
                #expect(answer.field("vary")?.contains("Accept") == true)
            }
        }
    }

    @Test("A known version is not sent again; a changed one is")
    func validators() async throws {
        try await withBench { bench in
            let post = try await bench.home.post(by: bench.ann)
            let tag = try #require(try await bench.get(post.uri.path).field("etag"))
            let same = try await bench.get(post.uri.path, [("if-none-match", tag)])
            #expect(same.status == 304)
            #expect(same.body.isEmpty)
            #expect(same.field("etag") == tag)
            #expect(same.field("vary")?.contains("Accept") == true)
            #expect(try await bench.get(post.uri.path, as: "ben", [("if-none-match", tag)]).status == 304)
            var content = post.content
            content.html = "<p>Bye</p>"
            try await bench.home.database.transaction { [content] in
                try await $0.updatePost(post, content: content, editedAt: .thisSecond, isRemote: false)
            }
            #expect(try await bench.get(post.uri.path, [("if-none-match", tag)]).status == 200)
        }
    }

    @Test("A version of what somebody may not see any more is not confirmed either")
    func noConfirmation() async throws {
        try await withBench { bench in
            let post = try await bench.home.post(by: bench.ann, .followers)
            let tag = try #require(try await bench.get(post.uri.path, as: "ben").field("etag"))
            #expect(try await bench.get(post.uri.path, as: "zed", [("if-none-match", tag)]).status == 404)
            #expect(try await bench.get(post.uri.path, [("if-none-match", tag)]).status == 404)
            let ben = try await bench.actor("ben")
            _ = try await bench.home.database.deleteFollow(by: ben.id, of: bench.ann.id)
            #expect(try await bench.get(post.uri.path, as: "ben", [("if-none-match", tag)]).status == 404)
        }
    }

    @Test("What was deleted is a Tombstone that says nothing")
    func tombstones() async throws {
        try await withBench { bench in
            let post = try await bench.home.post(by: bench.ann, .public, "Secret")
            try await bench.home.database.transaction {
                try await bench.federation.desks.posts.delete(post.id, by: bench.ann, in: $0)
            }
            for target in [post.uri.path, post.uri.path + "/activity"] {
                let answer = try await bench.get(target)
                #expect(answer.status == 410)
                let document = try json(answer.text)
                #expect(document["type"] == "Tombstone")
                #expect(document["id"]?.string == post.uri.string)
                #expect(document["formerType"] == "Note")
                #expect(document["deleted"]?.string != nil)
                #expect(!answer.text.contains("Secret"))
            }
            #expect(try await bench.get(post.uri.path, [("accept", "text/html")]).status == 404)
        }
    }

    @Test("Posts of others are not ours to serve, and what is no address of ours is not found")
    func notOurs() async throws {
        try await withBench { bench in
            let id = UUID()
            _ = try await bench.home.post(by: try await bench.actor("eve"), at: bench.home.community.addresses.post(id))
            for target in [
                "/posts/\(id.uuidString.lowercased())", "/posts/1", "/posts/%20", "/posts/x/activity",
                "/posts/00000000-0000-0000-0000-000000000000", "/posts/1/replies",
            ] {
                #expect(try await bench.get(target).status == 404, "\(target)")
            }
        }
    }

    @Test("Answers are listed by address, the open ones alone, page by page")
    func replies() async throws {
        try await withBench { bench in
            let post = try await bench.home.post(by: bench.ann)
            let eve = try await bench.actor("eve")
            var expected: [JSON] = []
            for index in 0..<45 {
                let visibility = Visibility.allCases[index % 4]
                let reply = try await bench.home.post(by: eve, visibility, to: [bench.ann], answering: post.uri)
                if visibility.isOpen { expected.append(.string(reply.uri.string)) }
            }
            _ = try await bench.home.post(by: eve)
            let attached = try await bench.document(post.uri.path)["replies"]
            #expect(attached?["id"]?.string == "\(post.uri)/replies")
            let first = try #require(attached?["first"]?["next"]?.string)
            let (items, pages) = try await bench.all(of: "\(post.uri)/replies", page: first)
            #expect(items == expected)
            #expect(pages == 2)
        }
    }
}
