import Foundation
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

/// What people read in their clients about their sessions.
struct MessagePartiesTests {
    /// The texts of the community's posts to somebody, oldest first, with the post that each continues.
    private func messages(to reader: Actor, in home: TestCommunity) async throws -> [(text: String, parent: PostID?)] {
        try await home.database.rows(
            """
            select source, reply_to_id from session_messages join posts on id = post_id
            where reader_id = \(reader.id) and visibility = 'direct' order by id
            """
        ).map { (try $0.get("source"), try $0.get("reply_to_id")) }
    }

    private func withMessages(
        _ side: Bench.Side = .here, _ body: (Bench) async throws -> Void
    ) async throws {
        try await withCommunity { home in
            var bench = try await Bench(home, side)
            bench.desk = SessionDesk(
                community: home.community,
                consequences: [
                    MessageParties(
                        voice: CommunityVoice(
                            community: home.community, speaker: try await home.instanceActor().id,
                            consequences: PostConsequences([KeepConversations(), NotifyAboutPosts()])))
                ])
            try await body(bench)
        }
    }

    @Test func `each of the two is told what the other did, in one thread a session`() async throws {
        try await withMessages { bench in
            let session = try await bench.request()
            try await bench.perform(.accept(place: nil, note: "Gladly"), on: session, by: bench.noor)
            try await bench.perform(.cancel(Bench.words), on: session, by: bench.noor)
            let mentor = try await messages(to: bench.noor, in: bench.home)
            #expect(mentor.map { $0.text.prefix(35) } == ["@noor Mika asks you for a session.\n"])
            #expect(mentor.allSatisfy { $0.text.contains("“Hello”") && $0.parent == nil })
            let mentee = try await messages(to: bench.mika, in: bench.home)
            #expect(mentee.count == 2)
            #expect(mentee.first?.text.contains("Noor has accepted your request.") == true)
            #expect(mentee.first?.text.contains("“Gladly”") == true && mentee.first?.parent == nil)
            #expect(mentee.last?.text.contains("“I am ill.”") == true && mentee.last?.parent != nil)
            #expect(mentee.allSatisfy { $0.text.contains("About: My portfolio") })
            #expect(mentee.allSatisfy {
                $0.text.hasSuffix(bench.home.community.addresses.session(session.id).string)
            })
        }
    }

    @Test(arguments: [Bench.Side.owner, .mirror])
    func `nobody elsewhere is written to`(_ side: Bench.Side) async throws {
        try await withMessages(side) { bench in
            let session = try await bench.request()
            try await bench.perform(Bench.accept, on: session, by: bench.noor)
            let ours = side == .owner ? bench.mika : bench.noor
            let theirs = side == .owner ? bench.noor : bench.mika
            #expect(try await messages(to: ours, in: bench.home).count == 1)
            #expect(try await messages(to: theirs, in: bench.home).isEmpty)
            #expect(try await bench.home.count(.activities) == 0)
        }
    }

    @Test func `whom the asker names in their words hears nothing`() async throws {
        try await withMessages { bench in
            let pia = try await bench.home.person("pia").actor
            var request = Bench.request
            request.topic = "With @pia"
            request.message = String(repeating: "@pia ", count: 900)
            _ = try await bench.request(request)
            let named = try await bench.home.database.row(
                "select count(*) as n from post_addressees where actor_id = \(pia.id)")
            #expect(try named?.get("n") == 0)
            #expect(try await messages(to: bench.noor, in: bench.home).count == 1)
        }
    }

    @Test(arguments: ["a", "_", "__", "_x", "x_", "9", "a_9", String(repeating: "z", count: 30)])
    func `whatever somebody is called, they are reached`(_ name: String) async throws {
        try await withMessages { bench in
            let mentor = try await bench.home.mentor(name).actor
            _ = try await bench.home.database.transaction { transaction in
                try await bench.desk.request(
                    Bench.request, by: bench.mika, of: mentor, now: .thisSecond, in: transaction)
            }
            let reached = try await bench.home.database.row(
                """
                select is_mentioned from session_messages join post_addressees using (post_id)
                where reader_id = \(mentor.id) and actor_id = \(mentor.id)
                """)
            #expect(try reached?.get("is_mentioned") == true)
        }
    }

    @Test func `a deleted message is not continued`() async throws {
        try await withMessages { bench in
            let session = try await bench.request()
            try await bench.perform(Bench.accept, on: session, by: bench.noor)
            _ = try await bench.home.database.execute("delete from posts")
            try await bench.perform(.cancel(Bench.words), on: session, by: bench.noor)
            #expect(try await messages(to: bench.mika, in: bench.home).map(\.parent) == [nil])
        }
    }
}
