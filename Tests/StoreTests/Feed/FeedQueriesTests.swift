import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

/// Homes and lists of a community in which people follow each other, filled as the desks fill them.
struct FeedQueriesTests {
    private struct Scene {
        let home: TestCommunity
        let ann: Account
        let ben: Account
        let eve: Account
        let desk: PostDesk
        let relations: RelationDesk
        let reactions: ReactionDesk

        @discardableResult
        func post(
            _ text: String, by author: Account, _ visibility: Visibility = .public, answering parent: PostID? = nil
        ) async throws -> PostID {
            var draft = PostDraft(text)
            draft.visibility = visibility
            draft.replyTo = parent
            return try await home.database.transaction { [draft] transaction in
                try await desk.publish(
                    draft, by: author.actor, mentioned: Mentioned(), now: Date(), in: transaction
                ).id
            }
        }

        func follow(_ followed: Account, by follower: Account) async throws {
            try await home.database.transaction { transaction in
                _ = try await relations.follow(followed.actor, by: follower.actor, in: transaction)
            }
        }

        func texts(of account: Account, _ page: Page = Page(limit: 40)) async throws -> [String] {
            try await home.database.feed(account.actor.id.rawValue, for: account.actor.id, page)
                .map { ($0.boost == nil ? "" : "boost of ") + ($0.post.content.source ?? "") }
        }
    }

    private func withScene(_ body: (Scene) async throws -> Void) async throws {
        try await withCommunity { home in
            let posts = PostConsequences([FillFeeds()])
            try await body(
                Scene(
                    home: home, ann: try await home.person("ann"), ben: try await home.person("ben"),
                    eve: try await home.person("eve"),
                    desk: PostDesk(community: home.community, consequences: posts),
                    relations: RelationDesk(community: home.community, consequences: [FillFeeds()]),
                    reactions: ReactionDesk(community: home.community, consequences: posts)))
        }
    }

    @Test("A home shows its owner's posts and those of whom the owner follows, newest first, and nothing else")
    func shows() async throws {
        try await withScene { scene in
            try await scene.follow(scene.ben, by: scene.ann)
            try await scene.post("ben's", by: scene.ben)
            try await scene.post("ben's for followers", by: scene.ben, .followers)
            try await scene.post("ben's for nobody", by: scene.ben, .direct)
            try await scene.post("eve's", by: scene.eve)
            try await scene.post("own", by: scene.ann)
            #expect(try await scene.texts(of: scene.ann) == ["own", "ben's for followers", "ben's"])
            #expect(try await scene.texts(of: scene.eve) == ["eve's"])
        }
    }

    @Test("What somebody wrote before is there when they are followed, and gone when they are not any more")
    func followsBackAndForth() async throws {
        try await withScene { scene in
            try await scene.post("early", by: scene.ben)
            try await scene.follow(scene.ben, by: scene.ann)
            #expect(try await scene.texts(of: scene.ann) == ["early"])
            try await scene.home.database.transaction { transaction in
                try await scene.relations.unfollow(scene.ben.actor, by: scene.ann.actor, in: transaction)
            }
            #expect(try await scene.texts(of: scene.ann) == [])
        }
    }

    @Test("An answer to somebody is shown to who follows both")
    func showsAnswers() async throws {
        try await withScene { scene in
            try await scene.follow(scene.ben, by: scene.ann)
            let question = try await scene.post("question", by: scene.eve)
            try await scene.post("answer", by: scene.ben, answering: question)
            #expect(try await scene.texts(of: scene.ann) == [])
            try await scene.follow(scene.eve, by: scene.ann)
            try await scene.post("another", by: scene.ben, answering: question)
            #expect(try await scene.texts(of: scene.ann) == ["another", "question"])
        }
    }

    @Test("A boost is shown to followers, once, until it is taken back")
    func showsBoosts() async throws {
        try await withScene { scene in
            try await scene.follow(scene.ben, by: scene.ann)
            let post = try await scene.post("eve's", by: scene.eve)
            try await scene.home.database.transaction { transaction in
                try await scene.reactions.boost(post, by: scene.ben.actor, in: transaction)
            }
            #expect(try await scene.texts(of: scene.ann) == ["boost of eve's"])
            try await scene.follow(scene.eve, by: scene.ann)
            try await scene.home.database.transaction { transaction in
                try await scene.reactions.unboost(post, by: scene.ben.actor, in: transaction)
            }
            #expect(try await scene.texts(of: scene.ann) == ["eve's"])
        }
    }

    @Test("Of whom the owner mutes or blocks nothing is shown, and all of it again afterwards")
    func hides() async throws {
        try await withScene { scene in
            try await scene.follow(scene.ben, by: scene.ann)
            try await scene.post("ben's", by: scene.ben)
            let (database, ann, ben) = (scene.home.database, scene.ann.actor.id, scene.ben.actor.id)
            try await database.saveMute(by: ann, of: ben, hidesNotifications: true, until: nil)
            #expect(try await scene.texts(of: scene.ann) == [])
            try await database.saveMute(by: ann, of: ben, hidesNotifications: true, until: Date().addingTimeInterval(-1))
            #expect(try await scene.texts(of: scene.ann) == ["ben's"])
            try await database.saveMute(by: ann, of: ben, hidesNotifications: true, until: Date().addingTimeInterval(600))
            #expect(try await scene.texts(of: scene.ann) == [])
            try await database.deleteMute(by: ann, of: ben)
            #expect(try await scene.texts(of: scene.ann) == ["ben's"])
        }
    }

    @Test("Pages fit together in both directions")
    func pages() async throws {
        try await withScene { scene in
            var ids: [Int64] = []
            for number in 0..<7 { ids.append(try await scene.post("\(number)", by: scene.ann).rawValue) }
            #expect(try await scene.texts(of: scene.ann, Page(limit: 3)) == ["6", "5", "4"])
            #expect(try await scene.texts(of: scene.ann, Page(before: ids[4], limit: 3)) == ["3", "2", "1"])
            #expect(try await scene.texts(of: scene.ann, Page(since: ids[1], limit: 3)) == ["6", "5", "4"])
            #expect(try await scene.texts(of: scene.ann, Page(above: ids[1], limit: 3)) == ["4", "3", "2"])
            #expect(try await scene.texts(of: scene.ann, Page(before: ids[4], above: ids[1], limit: 9)) == ["3", "2"])
            #expect(try await scene.texts(of: scene.ann, Page(before: ids[0], limit: 3)) == [])
        }
    }

    @Test("What a feed holds beyond its length goes, and entries without a post")
    func trims() async throws {
        try await withScene { scene in
            for number in 0..<6 { try await scene.post("\(number)", by: scene.ann) }
            let gone = try await scene.post("gone", by: scene.ann)
            _ = try await scene.home.database.execute("delete from posts where id = \(gone)")
            try await scene.home.database.trimFeeds(to: 4)
            let row = try await scene.home.database.row("select count(*) as n from feed_entries")
            #expect(try #require(row).get("n") == 3)
            #expect(try await scene.texts(of: scene.ann) == ["5", "4", "3"])
        }
    }
}
