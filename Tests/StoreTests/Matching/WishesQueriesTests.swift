import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct WishesQueriesTests {
    @Test("Wishes are kept, replaced as a whole, and gone with the account")
    func roundTrip() async throws {
        try await withCommunity { home in
            let mika = try await home.person("mika").actor.id
            #expect(try await home.database.wishes(of: mika) == nil)
            var draft = WishesDraft()
            draft.goals = "A \"first\" job,\n{soon}"
            draft.expertise = ["sql", "c++"]
            draft.languages = ["pt-BR"]
            draft.styles = ["casual", "async"]
            draft.mostRate = RateDraft(amount: "0.005", currency: "KWD", per: "hour")
            draft.zone = "Asia/Kolkata"
            draft.rules = [
                .init(weekday: "sunday", hours: .init(from: "00:00", to: "24:00")),
                .init(weekday: "monday", hours: .init(from: "09:30", to: "09:31")),
            ]
            let full = try draft.checked()
            try await home.database.save(full, of: mika)
            #expect(try await home.database.wishes(of: mika) == full)
            let bare = Wishes(budget: .free)
            try await home.database.save(bare, of: mika)
            #expect(try await home.database.wishes(of: mika) == bare)
            try await home.database.transaction { try await $0.eraseAccount(mika) }
            #expect(try await home.database.wishes(of: mika) == nil)
        }
    }

    @Test("Of somebody who has said nothing there is known what they follow, whom they met and where they live")
    func background() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            var background = try await home.database.wishesBackground(of: pair.mika.actor.id)
            #expect(background.metExpertise.isEmpty && background.interests.isEmpty && background.zone == nil)
            try await home.database.insertFollowedTag("weaving", by: pair.mika.actor.id)
            try await home.database.insertFollowedTag("kites", by: pair.mika.actor.id)
            let session = try pair.session()
            #expect(try await home.database.insert(session))
            background = try await home.database.wishesBackground(of: pair.mika.actor.id)
            #expect(background.interests.map(\.text) == ["kites", "weaving"])
            #expect(background.zone != nil && background.metExpertise.isEmpty)
            try await home.database.execute("update sessions set agreement_activity = 'https://a.example/a'")
            background = try await home.database.wishesBackground(of: pair.mika.actor.id)
            #expect(background.metExpertise.map(\.text) == ["sql"])
            background = try await home.database.wishesBackground(of: pair.noor.actor.id)
            #expect(background.languages.map(\.text) == ["en"] && background.zone?.name == "Europe/Berlin")
        }
    }
}
