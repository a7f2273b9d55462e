import Foundation
import JSONTree
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

@testable import Federation

/// What communities that follow ours hear of our mentors.
struct DirectoryOutTests {
    private func withBench(_ body: (DirectoryBench, MentorProfiles) async throws -> Void) async throws {
        try await withFederation { federation in
            let bench = try await DirectoryBench(federation)
            let follow = bench.bench.activity("Follow", .string(bench.ours.uri.string), by: bench.b)
            try await bench.bench.deliver(follow, by: bench.b)
            try await body(
                bench, MentorProfiles(database: federation.home.database, profiles: federation.desks.profiles))
        }
    }

    /// What b heard of the directory, oldest first: kind, whom it is about, and its count.
    private func heard(_ bench: DirectoryBench) async throws -> [String] {
        let mail = try await bench.bench.mail(for: bench.b).filter { $0["target"] != nil }
        for activity in mail {
            let schema = "directory/\(activity.type?.lowercased() ?? "")"
            #expect(try JSONSchema().errors(in: activity, as: schema) == [])
        }
        return mail.map { activity in
            let name = activity["object"]?.string?.split(separator: "/").last ?? "?"
            return "\(activity.type ?? "?") \(name) \(activity["mnt:revision"]?.int ?? -1)"
        }
    }

    private func save(
        _ name: String, by mentors: MentorProfiles, in bench: DirectoryBench,
        _ change: (inout ProfileDraft) -> Void = { _ in }
    ) async throws {
        var draft = ProfileDraft.open
        change(&draft)
        let account = try #require(try await bench.home.database.account(try username(name)))
        _ = try await mentors.save(draft, of: account, now: Date())
    }

    @Test("Each change is told once, in the order of its count, and only while the profile is published")
    func tells() async throws {
        try await withBench { bench, mentors in
            try await save("ann", by: mentors, in: bench) { $0.isPublished = false }
            try await save("ann", by: mentors, in: bench)
            try await save("ann", by: mentors, in: bench) { $0.isAccepting = false }
            try await save("max", by: mentors, in: bench)
            try await save("ann", by: mentors, in: bench) { $0.isPublished = false }
            try await save("ann", by: mentors, in: bench) { $0.isPublished = false }
            try await save("ann", by: mentors, in: bench)
            #expect(try await heard(bench) == ["Add ann 1", "Update ann 2", "Add max 3", "Remove ann 4", "Add ann 5"])
            let state = try await bench.home.database.directoryState()
            #expect(state.count == 2 && state.revision == 5)
            // Who came back is the last.
            let entries = try await bench.home.database.directoryEntries(after: 0, limit: 10)
            #expect(entries.map(\.uri) == [bench.bench.max.uri, bench.bench.ann.uri])
        }
    }

    @Test("Who deletes the account, or moves away, is taken out")
    func leaves() async throws {
        try await withBench { bench, mentors in
            try await save("ann", by: mentors, in: bench)
            try await save("max", by: mentors, in: bench)
            let ben = try await bench.bench.known(bench.bench.ben)
            try await bench.home.database.transaction { transaction in
                try await bench.bench.desks.deleteAccount(bench.bench.ann, now: .thisSecond, in: transaction)
                try await bench.bench.desks.profiles.move(
                    bench.bench.max, to: ben, aliases: [bench.bench.max.uri], now: .thisSecond, in: transaction)
            }
            #expect(try await heard(bench).suffix(2) == ["Remove ann 3", "Remove max 4"])
            #expect(try await bench.home.database.directoryState().count == 0)
        }
    }

    @Test("Who is not admitted as a mentor is not listed")
    func admission() async throws {
        try await withBench { bench, _ in
            var policy = MentoringPolicy()
            policy.admission = .approval
            let mentors = MentorProfiles(
                database: bench.home.database, profiles: bench.bench.desks.profiles, policy: policy)
            try await save("ann", by: mentors, in: bench)
            #expect(try await heard(bench) == [])
            #expect(try await bench.home.database.directoryState().count == 0)
        }
    }

    @Test("Without anybody who follows nothing is written, and the count goes on")
    func nobodyFollows() async throws {
        try await withFederation { federation in
            let ann = try await federation.home.person("ann")
            let mentors = MentorProfiles(database: federation.home.database, profiles: federation.desks.profiles)
            _ = try await mentors.save(.open, of: ann, now: Date())
            #expect(try await federation.home.sent().isEmpty)
            #expect(try await federation.home.database.directoryState().revision == 1)
        }
    }
}
