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

/// Noor has hours from 09:00 to 12:00 of UTC every day.
struct MentorSupplyTests {
    private struct Touches: AccountConsequence {
        func follow(_ change: AccountChange, in transaction: Transaction) async throws {
            _ = try await transaction.execute("update mentor_profiles set bio = bio || '!'")
        }
    }

    private func refresh(_ bench: Bench, now: Date = .thisSecond) async throws -> Date? {
        let supply = MentorSupply(profiles: Profiles(consequences: [Touches()]))
        try await bench.home.database.transaction { try await supply.refresh(bench.noor.id, now: now, in: $0) }
        let found = try await bench.home.database.mentors(MentorSearch(withPaused: true, withFull: true, limit: 1))
        return found.first?.nextFree
    }

    @Test("The next free time follows what is taken, and the notice of the mentor")
    func follows() async throws {
        try await withCommunity { home in
            let bench = try await BookingTests.bench(home)
            let first = try #require(try await refresh(bench))
            #expect(first > Date() && first < .hence(days: 2))
            let session = try await bench.request(BookingTests.request(first))
            #expect(try await refresh(bench) == first)
            try await bench.perform(Bench.accept, on: session, by: bench.noor)
            let second = try #require(try await refresh(bench))
            #expect(second > first)
            try await bench.perform(.cancel(Bench.words), on: session, by: bench.mika)
            #expect(try await refresh(bench) == first)
            // What cannot be asked for any more is not told, even before it was looked at again.
            try await home.database.execute("update mentor_profiles set free_lapses_at = now() - interval '1 second'")
            let shown = try await home.database.mentors(MentorSearch(limit: 1)).first
            #expect(shown != nil && shown?.nextFree == nil)
        }
    }

    @Test("Who pauses, is hidden or has set no hours is free at no known time")
    func none() async throws {
        try await withCommunity { home in
            let bench = try await BookingTests.bench(home)
            #expect(try await refresh(bench) != nil)
            try await home.database.execute("update mentor_profiles set is_accepting = false")
            #expect(try await refresh(bench) == nil)
            try await home.database.execute("update mentor_profiles set is_accepting = true")
            #expect(try await refresh(bench) != nil)
            try await home.database.execute("delete from availabilities")
            #expect(try await refresh(bench) == nil)
        }
    }

    @Test("It is looked at again when the time lapses, and after every change, once for those near to each other")
    func looksAgain() async throws {
        try await withCommunity { home in
            let bench = try await BookingTests.bench(home)
            _ = try await refresh(bench)
            let lapse = try #require(try await home.jobs("mentor.supply").first)
            let next: Date? = try await home.database.row("select free_lapses_at from mentor_profiles")?
                .get("free_lapses_at")
            #expect(lapse.dueAt == next?.addingTimeInterval(1))
            try await home.database.execute("delete from jobs")
            try await home.database.transaction { transaction in
                for _ in 0..<50 { try await MentorSupply.renew(bench.noor.id, in: transaction) }
                // Who is no mentor needs none.
                try await MentorSupply.renew(bench.mika.id, in: transaction)
            }
            let jobs = try await home.jobs("mentor.supply")
            #expect((1...2).contains(jobs.count))
            #expect(jobs.allSatisfy { abs($0.dueAt.timeIntervalSinceNow) < 5 })
            #expect(jobs.first?.payload["mentor"]?.string == String(bench.noor.id.rawValue))
        }
    }

    @Test("Sessions, hours and profiles have it looked at", arguments: ["session", "hours", "profile"])
    func renews(cause: String) async throws {
        try await withCommunity { home in
            var bench = try await BookingTests.bench(home)
            bench.desk = SessionDesk(community: home.community, consequences: [KeepSupply()])
            let account = try #require(try await home.database.account(id: bench.noor.id))
            switch cause {
            case "session": _ = try await bench.request(BookingTests.request(BookingTests.time(9)))
            case "hours":
                _ = try await Availabilities(database: home.database).save(
                    AvailabilityDraft(zone: "UTC"), of: account, now: Date())
            default:
                _ = try await MentorProfiles(database: home.database, profiles: Profiles(consequences: [])).save(
                    .open, of: account, now: Date())
            }
            #expect(try await home.jobs("mentor.supply").count == 1)
        }
    }

    @Test("Others are told when there is no room any more and when there is again, and not more often than need be")
    func tellsRoom() async throws {
        try await withCommunity { home in
            let bench = try await BookingTests.bench(home)
            try await home.database.execute("update mentor_profiles set most_mentees = 1")
            let told = {
                (try await home.database.profile(of: bench.noor.id)?.bio)?.count { $0 == "!" }
            }
            let now = Date.thisSecond
            _ = try await refresh(bench, now: now)
            #expect(try await told() == 0)
            let session = try await bench.request(BookingTests.request(BookingTests.time(9)))
            try await bench.perform(Bench.accept, on: session, by: bench.noor)
            for _ in 0..<2 { #expect(try await refresh(bench, now: now) == nil) }
            #expect(try await told() == 1)
            let end = session.slot.end.addingTimeInterval(1)
            #expect(try await home.jobs("mentor.supply").contains { $0.dueAt == end })
            try await bench.perform(.cancel(Bench.words), on: session, by: bench.mika)
            #expect(try await refresh(bench, now: now.addingTimeInterval(60)) != nil)
            #expect(try await told() == 1)
            #expect(try await home.jobs("mentor.supply").contains { $0.dueAt == now.addingTimeInterval(15 * 60 + 1) })
            _ = try await refresh(bench, now: now.addingTimeInterval(15 * 60))
            #expect(try await told() == 2)
        }
    }
}
