import Foundation
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

/// How mentors are asked whose servers know no sessions.
struct SessionMannerTests {
    enum Tie: Sendable { case none, followsBack, follows, asksToFollow, wrote }

    private static func tie(_ tie: Tie, _ mentor: Actor, _ mentee: Actor, in home: TestCommunity) async throws {
        try await home.database.transaction { transaction in
            switch tie {
            case .none: break
            case .follows, .asksToFollow:
                try await transaction.saveFollow(
                    by: mentor.id, of: mentee.id, uri: try uri("https://b.example/follows/1"),
                    state: tie == .follows ? .accepted : .pending)
            case .followsBack:
                try await transaction.saveFollow(
                    by: mentee.id, of: mentor.id, uri: try uri("https://a.example/follows/1"), state: .accepted)
            case .wrote:
                _ = try await transaction.insertPost(
                    try uri("https://b.example/notes/1"), by: mentor.id,
                    content: Post.Content(
                        visibility: .direct, html: "<p>Hi</p>",
                        addressees: [Post.Addressee(mentee.id, isMentioned: true)]),
                    publishedAt: .thisSecond, isRemote: true)
            }
        }
    }

    private static func request(
        _ software: String?, _ tie: Tie
    ) async throws -> Result<Session, InvalidFields> {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let mentor = try await home.neighbour("eli", speaksMentoring: false)
            if let software { try await home.database.rememberSoftware(software, of: "b.example") }
            try await Self.tie(tie, mentor, bench.mika, in: home)
            do {
                return .success(
                    try await home.database.transaction { transaction in
                        try await bench.desk.request(
                            Bench.request, by: bench.mika, of: mentor, now: .thisSecond, in: transaction)
                    })
            } catch let errors as InvalidFields {
                return .failure(errors)
            }
        }
    }

    @Test(arguments: [
        (Tie.none, false), (.followsBack, false), (.asksToFollow, false), (.follows, true), (.wrote, true),
    ])
    func `only who wanted it is written to`(_ tie: Tie, isAsked: Bool) async throws {
        switch try await Self.request("mastodon", tie) {
        case .success(let session):
            #expect(isAsked && session.custody == .here && session.inPosts == .mentor)
        case .failure(let errors):
            #expect(!isAsked && errors.errors.map(\.field) == ["mentor"])
        }
    }

    @Test(arguments: ["gancio", "bookwyrm"])
    func `who cannot be written to is not, whatever they wanted`(_ software: String) async throws {
        let asked = try await Self.request(software, .wrote)
        #expect(throws: InvalidFields.self) { try asked.get() }
    }

    @Test func `servers that know events are asked by them`() async throws {
        let session = try await Self.request("friendica", .none).get()
        #expect(session.custody == .owner && session.inPosts == nil)
    }

    @Test func `of whom nothing is known, a direct post is understood`() async throws {
        #expect(try await Self.request(nil, .wrote).get().inPosts == .mentor)
    }
}
