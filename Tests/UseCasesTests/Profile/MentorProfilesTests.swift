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
            let saved = try await profiles.save(.open, of: noor)
            #expect(try await home.database.profile(of: noor.actor.id) == saved)
            var draft = ProfileDraft.open
            draft.offers = []
            #expect(try await profiles.save(draft, of: noor).offers.isEmpty)
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
            let error = await #expect(throws: InvalidFields.self) { try await profiles.save(draft, of: noor) }
            #expect(error?.errors.map(\.field) == ["zone", "offers[0].rate"])
            #expect(try await home.database.profile(of: noor.actor.id) == before)
        }
    }
}
