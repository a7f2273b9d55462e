import Foundation
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

struct SilentMentorsTests {
    /// Noor, whom Mika asks again and again.
    private struct Silence {
        let bench: Bench
        let profiles: MentorProfiles

        init(_ home: TestCommunity, _ side: Bench.Side = .here, patience: Int = 3) async throws {
            var bench = try await Bench(home, side)
            let plain = Profiles(consequences: [])
            profiles = MentorProfiles(database: home.database, profiles: plain)
            bench.desk = SessionDesk(
                community: home.community, policy: .roomy,
                consequences: [
                    KeepStandings(),
                    PauseSilentMentors(
                        patience: patience, profiles: plain,
                        voice: CommunityVoice(
                            community: home.community, speaker: try await home.instanceActor().id,
                            consequences: PostConsequences([]))),
                ])
            self.bench = bench
        }

        func expire(_ session: Session) async throws {
            try await bench.home.database.transaction { transaction in
                try await bench.desk.runTimer(of: session.id, at: session.answerBy, in: transaction)
            }
        }

        func ask() async throws -> Session { try await bench.request(at: .thisSecond) }

        func profile() async throws -> MentorProfile? { try await bench.home.database.profile(of: bench.noor.id) }

        func standing() async throws -> Int {
            try await bench.home.database.row(
                "select standing from mentor_profiles where actor_id = \(bench.noor.id)")?.get("standing") ?? -1
        }

        func messages() async throws -> [String] {
            try await bench.home.database.rows("select source from posts order by id").map { try $0.get("source") }
        }
    }

    @Test("The third request in a row that expires pauses the mentor, who is told once")
    func pauses() async throws {
        try await withCommunity { home in
            let silence = try await Silence(home)
            var sessions: [Session] = []
            for _ in 0..<4 { sessions.append(try await silence.ask()) }
            for session in sessions.prefix(2) { try await silence.expire(session) }
            #expect(try await silence.profile()?.isAccepting == true)
            #expect(try await silence.messages() == [])
            try await silence.expire(sessions[2])
            let paused = try #require(try await silence.profile())
            #expect(!paused.isAccepting && paused.pausedBy == .silence)
            #expect(try await silence.standing() == Standing.silent.rawValue)
            try await silence.expire(sessions[3])
            #expect(try await silence.messages().count == 1)
            #expect(try await silence.messages().first?.contains("3 requests in a row expired") == true)
            await #expect(throws: InvalidFields.self) { try await silence.ask() }
        }
    }

    @Test("Expiries at the same moment count together")
    func pausesAtOnce() async throws {
        try await withCommunity { home in
            let silence = try await Silence(home)
            var sessions: [Session] = []
            for _ in 0..<3 { sessions.append(try await silence.ask()) }
            try await withThrowingTaskGroup { group in
                for session in sessions { group.addTask { try await silence.expire(session) } }
                try await group.waitForAll()
            }
            #expect(try await silence.profile()?.pausedBy == .silence)
            #expect(try await silence.messages().count == 1)
        }
    }

    @Test("Any answer begins the count anew, and so does coming back")
    func countsAnew() async throws {
        try await withCommunity { home in
            let silence = try await Silence(home)
            let noor = silence.bench.noor
            var sessions: [Session] = []
            for _ in 0..<6 { sessions.append(try await silence.ask()) }
            for session in sessions.prefix(2) { try await silence.expire(session) }
            let later = sessions[2].answerBy
            try await silence.bench.perform(
                .decline(Bench.words), on: sessions[2], by: noor, at: later.addingTimeInterval(-1))
            try await home.database.execute(
                "update sessions set ended_at = ended_at - interval '1 hour' where status = 'expired'")
            for session in sessions[3...4] { try await silence.expire(session) }
            #expect(try await silence.profile()?.isAccepting == true)
            try await silence.expire(sessions[5])
            #expect(try await silence.profile()?.pausedBy == .silence)

            let resumed = try await silence.profiles.resume(noor.id, now: later.addingTimeInterval(60))
            #expect(resumed?.isAccepting == true && resumed?.pausedBy == nil)
            #expect(try await silence.profile() == resumed)
            let session = try await silence.ask()
            try await home.database.execute(
                "update sessions set answer_by = \(later.addingTimeInterval(120)) where id = \(session.id)")
            try await home.database.transaction { transaction in
                try await silence.bench.desk.runTimer(
                    of: session.id, at: later.addingTimeInterval(120), in: transaction)
            }
            #expect(try await silence.profile()?.isAccepting == true)
        }
    }

    @Test("Who waited for the mentee is not silent, and a community may be as patient as it likes")
    func leavesOthersAlone() async throws {
        try await withCommunity { home in
            let silence = try await Silence(home, patience: 1)
            let session = try await silence.ask()
            let slot = try #require(Slot(start: .hence(days: 4), minutes: 45, zone: .utc))
            try await silence.bench.perform(.propose([slot], Bench.words), on: session, by: silence.bench.noor)
            let waiting = try #require(try await silence.bench.session(session.id))
            try await silence.expire(waiting)
            #expect(try await silence.bench.session(session.id)?.status == .expired)
            #expect(try await silence.profile()?.isAccepting == true)
        }
        try await withCommunity { home in
            let silence = try await Silence(home, patience: 0)
            for _ in 0..<5 { try await silence.expire(try await silence.ask()) }
            #expect(try await silence.profile()?.isAccepting == true)
            #expect(try await silence.messages() == [])
        }
    }

    @Test("A pause of silence stays one while other things of the profile change, and ends when its person says so")
    func changesDuringThePause() async throws {
        try await withCommunity { home in
            let silence = try await Silence(home, patience: 1)
            try await silence.expire(try await silence.ask())
            let account = try #require(try await home.database.account(id: silence.bench.noor.id))
            let change = { (edit: @escaping @Sendable (inout ProfileDraft) -> Void) in
                try await silence.profiles.change(of: account, now: Date()) { profile in
                    var draft = ProfileDraft(profile, now: Date())
                    edit(&draft)
                    return draft
                }
            }
            #expect(try await change { $0.bio = "Away." }?.pausedBy == .silence)
            let open = try await change { $0.isAccepting = true }
            #expect(open?.isAccepting == true && open?.pausedBy == nil)
        }
    }

    @Test("The daily look moves those up and down whose days are over")
    func refreshes() async throws {
        try await withCommunity { home in
            let silence = try await Silence(home)
            for _ in 0..<3 {
                let session = try await silence.ask()
                try await silence.bench.perform(.decline(Bench.words), on: session, by: silence.bench.noor)
            }
            #expect(try await silence.standing() == Standing.responsive.rawValue)
            let daily = RefreshStandings(database: home.database)
            try await daily.refresh(at: .hence(days: 40))
            #expect(try await silence.standing() == Standing.slow.rawValue)
            try await daily.refresh(at: .hence(days: 100))
            #expect(try await silence.standing() == Standing.new.rawValue)
            let record = try await home.database.records(of: [silence.bench.noor.id], at: Date())
            let seen = record[silence.bench.noor.id]?.responsiveness(at: Date())
            #expect(seen?.answeredShare == 100 && seen?.usualHours == 1 && seen?.activity == .week)
        }
    }
}
