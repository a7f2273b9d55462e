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

struct MentorProfilesTests {
    @Test func savesAndReplaces() async throws {
        try await withCommunity { home in
            let noor = try await home.person("noor")
            let profiles = MentorProfiles(database: home.database, profiles: Profiles(consequences: []))
            #expect(try await home.database.profile(of: noor.actor.id) == nil)
            let saved = try await profiles.save(.open, of: noor, now: Date())
            #expect(try await home.database.profile(of: noor.actor.id) == saved)
            var draft = ProfileDraft.open
            draft.offers = []
            #expect(try await profiles.save(draft, of: noor, now: Date()).offers.isEmpty)
            #expect(try await home.database.profile(of: noor.actor.id)?.offers.isEmpty == true)
        }
    }

    @Test("What is wrong leaves the profile as it was")
    func refusesWhatIsWrong() async throws {
        try await withCommunity { home in
            let noor = try await home.mentor("noor")
            let profiles = MentorProfiles(database: home.database, profiles: Profiles(consequences: []))
            let before = try await home.database.profile(of: noor.actor.id)
            var draft = ProfileDraft.open
            draft.zone = "Nowhere"
            draft.offers = [.init(type: "panamia_planning", rate: RateDraft(amount: "1", currency: "EUR", per: "hour"))]
            let error = await #expect(throws: InvalidFields.self) { try await profiles.save(draft, of: noor, now: Date()) }
            #expect(error?.errors.map(\.field) == ["zone", "offers[0].rate"])
            #expect(try await home.database.profile(of: noor.actor.id) == before)
        }
    }

    @Test("Who pauses until a day takes requests again on it, and not if they said something else since")
    func comesBack() async throws {
        try await withCommunity { home in
            let noor = try await home.mentor("noor")
            let profiles = MentorProfiles(database: home.database, profiles: Profiles(consequences: []))
            var draft = ProfileDraft.open
            draft.isAccepting = false
            draft.returnsOn = String(DateTime.format(.hence(days: 20)).prefix(10))
            let paused = try await profiles.save(draft, of: noor, now: Date())
            let day = try #require(paused.returnsOn)
            let job = try #require(try await home.jobs("mentor.return").first)
            #expect(job.payload["day"]?.string == day.text && job.payload["mentor"]?.string == "\(noor.actor.id.rawValue)")
            #expect(job.dueAt == day.start(in: paused.zone))

            let other = try #require(ReturnDay(String(DateTime.format(.hence(days: 10)).prefix(10))))
            try await profiles.bringBack(noor.actor.id, on: other)
            #expect(try await home.database.profile(of: noor.actor.id) == paused)
            try await profiles.bringBack(noor.actor.id, on: day)
            #expect(try await home.database.profile(of: noor.actor.id) == paused.with(isAccepting: true))
        }
    }

    @Test("Two who change one profile at once both find their change in it")
    func changesOneAfterTheOther() async throws {
        try await withCommunity { home in
            let noor = try await home.mentor("noor")
            let profiles = MentorProfiles(database: home.database, profiles: Profiles(consequences: []))
            try await withThrowingTaskGroup { group in
                for number in 1...8 {
                    group.addTask {
                        _ = try await profiles.change(of: noor, now: Date()) { profile in
                            var draft = ProfileDraft(profile, now: Date())
                            draft.goals.append("goal \(number)")
                            return draft
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await home.database.profile(of: noor.actor.id)?.goals.count == 8)
        }
    }
}
