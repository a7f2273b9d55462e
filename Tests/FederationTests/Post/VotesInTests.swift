import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

@testable import Federation

/// Votes of others in polls of ours.
struct VotesInTests {
    private func withPoll(
        isMultiple: Bool = false, endsAt: Date? = nil, _ visibility: Visibility = .public,
        _ body: (SocialBench, Post) async throws -> Void
    ) async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            let poll = Poll(
                options: ["A", "B", "C"].map { Poll.Option(title: $0) }, isMultiple: isMultiple,
                endsAt: endsAt ?? Date.hence(days: 1))
            try await body(bench, try await bench.home.post(by: bench.ann, visibility, poll: poll))
        }
    }

    private func vote(_ name: String, in poll: Post, by peer: PeerActor, _ bench: SocialBench) -> JSON {
        [
            "id": .string("\(peer.uri.origin)/votes/\(UUID().uuidString)"), "type": "Note", "name": .string(name),
            "attributedTo": .string(peer.uri.string), "inReplyTo": .string(poll.uri.string),
            "to": [.string(bench.ann.uri.string)],
        ]
    }

    private func cast(_ names: [String], in poll: Post, by peer: PeerActor, _ bench: SocialBench) async throws
        -> Disposition?
    {
        let votes = names.map { vote($0, in: poll, by: peer, bench) }
        let object = votes.count == 1 ? votes[0] : .array(votes)
        return try await bench.deliver(
            bench.activity("Create", object, by: peer, to: [bench.ann.uri.string]), by: peer)
    }

    private func count(_ poll: Post, _ bench: SocialBench) async throws -> [Int] {
        let post = try #require(try await bench.home.database.storedPost(poll.id)?.content.poll)
        return post.options.map(\.votes) + [post.voters]
    }

    @Test("A vote counts once for its option and its voter, and is no post")
    func counts() async throws {
        try await withPoll { bench, poll in
            let first = try await cast(["B"], in: poll, by: bench.ben, bench)
            #expect(first == .applied)
            #expect(try await count(poll, bench) == [0, 1, 0, 1])
            #expect(try await cast(["B"], in: poll, by: bench.ben, bench) == .ignored(.duplicate))
            #expect(try await cast(["A"], in: poll, by: bench.ben, bench) == .ignored(.duplicate))
            #expect(try await count(poll, bench) == [0, 1, 0, 1])
            #expect(try await cast(["A"], in: poll, by: bench.eve, bench) == .applied)
            #expect(try await count(poll, bench) == [1, 1, 0, 2])
            #expect(try await bench.home.count(.posts) == 1)
            #expect(try await bench.notified(bench.ann) == [])
        }
    }

    @Test("Who voted votes again in a poll that begins anew, be it by an activity of the same id (GoToSocial)")
    func again() async throws {
        try await withPoll { bench, poll in
            func cast(_ name: String) async throws -> Disposition? {
                let vote = vote(name, in: poll, by: bench.ben, bench)
                let activity = bench.activity(
                    "Create", vote, by: bench.ben, to: [bench.ann.uri.string],
                    id: "\(bench.ben.uri)/activity#vote0/\(poll.uri)")
                return try await bench.deliver(activity, by: bench.ben)
            }
            #expect(try await cast("A") == .applied)
            #expect(try await cast("A") == .ignored(.duplicate))
            var draft = PostDraft("Hello")
            draft.poll = .init(options: ["A", "D"], seconds: 600)
            try await bench.home.database.transaction { [draft] in
                _ = try await bench.desks.posts.edit(
                    poll.id, draft, by: bench.ann, mentioned: Mentioned(), now: .thisSecond, in: $0)
            }
            #expect(try await cast("A") == .applied)
            #expect(try await count(poll, bench) == [1, 0, 1])
        }
    }

    @Test("Several choices come one by one (Mastodon) or at once (GoToSocial)", arguments: [true, false])
    func several(atOnce: Bool) async throws {
        try await withPoll(isMultiple: true) { bench, poll in
            if atOnce {
                #expect(try await cast(["A", "C"], in: poll, by: bench.ben, bench) == .applied)
            } else {
                for name in ["A", "C"] { #expect(try await cast([name], in: poll, by: bench.ben, bench) == .applied) }
            }
            let first = try await count(poll, bench)
            #expect(first == [1, 0, 1, 1])
            #expect(try await cast(["A"], in: poll, by: bench.ben, bench) == .ignored(.duplicate))
            #expect(try await count(poll, bench) == [1, 0, 1, 1])
        }
    }

    @Test(
        "What cannot be counted of several votes takes none of the others with it",
        arguments: [["A", "X"], ["X", "A"], ["A", "A"]])
    func partly(names: [String]) async throws {
        try await withPoll(isMultiple: true) { bench, poll in
            let first = try await cast(names, in: poll, by: bench.ben, bench)
            #expect(first == .applied)
            #expect(try await count(poll, bench) == [1, 0, 0, 1])
        }
    }

    @Test("Of a single choice the first counts, however many come at once")
    func singleChoice() async throws {
        try await withPoll { bench, poll in
            let first = try await cast(["B", "A", "C"], in: poll, by: bench.ben, bench)
            #expect(first == .applied)
            #expect(try await count(poll, bench) == [0, 1, 0, 1])
        }
    }

    @Test("A foreign option, a poll that is over, and a post that is no poll take no vote")
    func refused() async throws {
        try await withPoll { bench, poll in
            #expect(try await cast(["X"], in: poll, by: bench.ben, bench) == .ignored(.unknownObject))
            #expect(try await cast(["a"], in: poll, by: bench.ben, bench) == .ignored(.unknownObject))
            let plain = try await bench.home.post(by: bench.ann)
            #expect(try await cast(["A"], in: plain, by: bench.ben, bench) == .ignored(.unknownObject))
            #expect(try await bench.home.count(.receivedActivities) == 0)
            try await bench.home.database.closePoll(of: poll.id, at: .thisSecond)
            #expect(try await cast(["A"], in: poll, by: bench.ben, bench) == .refused(.againstRules))
            #expect(try await count(poll, bench) == [0, 0, 0, 0])
        }
        try await withPoll(endsAt: Date.thisSecond) { bench, poll in
            let first = try await cast(["A"], in: poll, by: bench.ben, bench)
            #expect(first == .refused(.againstRules))
            #expect(try await count(poll, bench) == [0, 0, 0, 0])
        }
    }

    @Test("Nobody votes in another's name, nor where they may not look")
    func forged() async throws {
        try await withPoll { bench, poll in
            for (author, id) in [(bench.ben, bench.ben), (bench.ben, bench.eve), (bench.eve, bench.ben)] {
                var vote = vote("A", in: poll, by: author, bench).object ?? [:]
                vote["id"] = .string("\(id.uri.origin)/votes/1")
                let create = bench.activity("Create", .object(vote), by: bench.eve)
                #expect(try await bench.deliver(create, by: bench.eve) == .refused(.notOwner))
            }
            #expect(try await count(poll, bench) == [0, 0, 0, 0])
            try await bench.home.block(try await bench.known(bench.ben), by: bench.ann)
            #expect(try await cast(["A"], in: poll, by: bench.ben, bench) == .ignored(.unknownObject))
        }
        for visibility in [Visibility.followers, .direct] {
            try await withPoll(visibility) { bench, poll in
                let first = try await cast(["A"], in: poll, by: bench.ben, bench)
                #expect(first == .ignored(.unknownObject))
                #expect(try await count(poll, bench) == [0, 0, 0, 0])
            }
        }
    }

    @Test("A vote in a poll that others count is not ours to count")
    func foreignPoll() async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            let poll = Poll(
                options: [Poll.Option(title: "A"), Poll.Option(title: "B")], isMultiple: false, endsAt: nil)
            let post = try await bench.home.post(by: try await bench.known(bench.bea), poll: poll)
            #expect(try await cast(["A"], in: post, by: bench.ben, bench) == .ignored(.unknownObject))
            #expect(try await bench.home.count(.pollVotes) == 0)
        }
    }

    @Test("Fifty votes of one voter at once are one, those of fifty voters fifty")
    func parallel() async throws {
        try await withFederation(poolSize: 8) { federation in
            let bench = try await SocialBench(federation)
            let poll = try await bench.home.post(
                by: bench.ann,
                poll: Poll(options: [Poll.Option(title: "A"), Poll.Option(title: "B")], isMultiple: false, endsAt: nil))
            try await withThrowingTaskGroup { group in
                for index in 0..<50 {
                    group.addTask {
                        _ = try await cast([index.isMultiple(of: 2) ? "A" : "B"], in: poll, by: bench.ben, bench)
                    }
                    group.addTask {
                        let voter = try await bench.home.neighbour("n\(index)")
                        try await bench.home.database.transaction {
                            try await bench.desks.reactions.vote(
                                [0], in: poll.id, by: voter, activity: voter.inbox, now: .thisSecond, in: $0)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let counted = try await count(poll, bench)
            #expect(counted[0] + counted[1] == 51)
            #expect(counted.last == 51)
            #expect(try await bench.home.count(.pollVotes) == 51)
        }
    }
}
