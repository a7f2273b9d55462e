import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct PublicTimelineTests {
    @Test("Of a limited host everybody is shown only whom somebody here follows")
    func limited() async throws {
        try await withCommunity { home in
            let noor = try await home.person("noor")
            let known = try await home.neighbour("known", at: "l.example")
            let stranger = try await home.neighbour("stranger", at: "l.example")
            let open = try await home.neighbour("open", at: "o.example")
            var posts: [ActorID: PostID] = [:]
            for author in [known, stranger, open] {
                let post = try await home.database.insertPost(
                    try uri("\(author.uri)/1"), by: author.id, content: Post.Content(visibility: .public, html: "x"),
                    publishedAt: Date(), isRemote: true)
                posts[author.id] = try #require(post).id
            }
            func shown() async throws -> Set<PostID> {
                let entries = try await home.database.publicPosts(PublicTimeline(), for: .nobody, Page(limit: 40))
                return Set(entries.map(\.post.id))
            }
            #expect(try await shown() == Set(posts.values))
            try await home.database.save(
                DomainRule(
                    domain: DomainName(host: "l.example"), kind: .limit, reason: "", author: "test", createdAt: Date()))
            #expect(try await shown() == [try #require(posts[open.id])])
            try await home.database.saveFollow(
                by: noor.actor.id, of: known.id, uri: try uri("https://a.example/f"), state: .accepted)
            #expect(try await shown() == [try #require(posts[open.id]), try #require(posts[known.id])])
        }
    }
}
