import ActivityStreams
import JSONTree
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

@testable import Federation

struct RemoteMentorTests {
    private func profile(_ members: JSON.Object) throws -> MentorProfile? {
        var document: JSON.Object = [
            "id": "https://b.example/users/noor", "type": "Person", "preferredUsername": "noor",
            "inbox": "https://b.example/users/noor/inbox", "mnt:mentorStatus": "closed",
        ]
        for (name, value) in members { document[name] = value }
        let actor = try #require(ActorDocument(.object(document)))
        return MentorProfile(remote: actor)
    }

    @Test("Everything that a mentor publishes is read again as it was, by another community")
    func roundTrip() async throws {
        try await withCommunity { home in
            var draft = ProfileDraft.open
            draft.goals = ["a first job"]
            draft.styles = ["casual", "async"]
            draft.hoursPerMonth = 6
            draft.mostMentees = 3
            draft.video = "https://video.example/noor"
            draft.isAccepting = false
            draft.returnsOn = String(DateTime.format(.hence(days: 30)).prefix(10))
            draft.questions = [.init("What have you tried?", isRequired: true, leastLength: 40), .init("Why me?")]
            let noor = try await home.person("noor", profile: draft).actor
            let document = try await LocalActors(database: home.database, community: home.community).document(of: noor)
            let received = try #require(ActorDocument(document.json))
            let read = try #require(MentorProfile(remote: received))
            #expect(read.goals == ["a first job"] && Set(read.styles) == [.casual, .async])
            #expect(read.hoursPerMonth == 6 && read.mostMentees == 3 && read.returnsOn?.text == draft.returnsOn)
            #expect(read.video?.string == draft.video)
            #expect(read.holding == .never)
            for holding: Holding in [.always, .first(hours: 36), .never] {
                let availability = Availability(zone: .utc, rules: [], holding: holding)
                try await home.database.transaction { try await $0.save(availability, of: noor.id) }
                let actors = LocalActors(database: home.database, community: home.community)
                let again = try #require(ActorDocument(try await actors.document(of: noor).json))
                #expect(MentorProfile(remote: again)?.holding == holding)
            }
            #expect(read.questions.map(\.text) == ["What have you tried?", "Why me?"])
            #expect(read.questions.map(\.leastLength) == [40, 0] && read.questions.map(\.isRequired) == [true, false])
        }
    }

    static let odd: [(JSON.Object, @Sendable (MentorProfile) -> Bool)] = [
        (["mnt:hoursPerMonth": 101, "mnt:mostMentees": 0], { $0.hoursPerMonth == nil && $0.mostMentees == nil }),
        (["mnt:hoursPerMonth": "six", "mnt:mostMentees": [3]], { $0.hoursPerMonth == nil && $0.mostMentees == nil }),
        (["mnt:returnsOn": "soon"], { $0.returnsOn == nil }), (["mnt:returnsOn": "2027-02-30"], { $0.returnsOn == nil }),
        (["mnt:returnsOn": "2027-03-01"], { $0.returnsOn?.text == "2027-03-01" }),
        (["mnt:returnsOn": "2027-03-01", "mnt:mentorStatus": "open"], { $0.returnsOn == nil }),
        (["mnt:styles": ["async", "async", "telepathy", 5]], { $0.styles == [.async] }),
        (["mnt:styles": "casual"], { $0.styles == [.casual] }),
        (["mnt:video": "http://video.example/1"], { $0.video == nil }), (["mnt:video": "javascript:1"], { $0.video == nil }),
        (["mnt:holdsRequests": "PT36H"], { $0.holding == .first(hours: 36) }),
        (["mnt:holdsRequests": "P1DT90M"], { $0.holding == .first(hours: 25) }),
        (["mnt:holdsRequests": "PT59M59S"], { $0.holding == .never }),
        (["mnt:holdsRequests": "PT0S"], { $0.holding == .never }),
        (["mnt:holdsRequests": "P1000000W"], { $0.holding == .first(hours: 168) }),
        (["mnt:holdsRequests": "always"], { $0.holding == .always }),
        (["mnt:holdsRequests": "P1M"], { $0.holding == nil }), (["mnt:holdsRequests": "P"], { $0.holding == nil }),
        (["mnt:holdsRequests": "PT"], { $0.holding == nil }), (["mnt:holdsRequests": "P1DT"], { $0.holding == nil }),
        (["mnt:holdsRequests": "PT1S1H"], { $0.holding == nil }), (["mnt:holdsRequests": "-PT1H"], { $0.holding == nil }),
        (["mnt:holdsRequests": "PT99999999999999999999H"], { $0.holding == nil }),
        (["mnt:holdsRequests": "24"], { $0.holding == nil }), (["mnt:holdsRequests": 24], { $0.holding == nil }),
        (["mnt:goals": ["one\u{0}\ntwo", "", 5, .null]], { $0.goals == ["one two"] }),
        (["mnt:goals": .array(Array(repeating: "again", count: 60))], { $0.goals.count == 10 }),
        (["mnt:goals": [.string(String(repeating: "x", count: 101))]], { $0.goals.isEmpty }),
        (["mnt:questions": ["Why?", ["mnt:text": 5], ["mnt:text": " \n "]]], { $0.questions.isEmpty }),
        (
            ["mnt:questions": ["mnt:text": "Why?", "mnt:leastLength": 1_000_000, "mnt:isRequired": "yes"]],
            { $0.questions == [IntakeQuestion(text: "Why?", isRequired: false, leastLength: 1000)] }
        ),
        (["mnt:questions": [["mnt:text": "Why?", "mnt:leastLength": -5]]], { $0.questions.first?.leastLength == 0 }),
    ]

    @Test("What cannot be understood is left out, and what can stays", arguments: odd.indices)
    func toleratesOddities(index: Int) async throws {
        let read = try profile(Self.odd[index].0)
        let profile = try #require(read)
        #expect(Self.odd[index].1(profile), "\(profile)")
        try await withCommunity { home in
            let eli = try await home.neighbour("eli")
            try await home.database.save(profile, of: eli.id)
            #expect(try await home.database.profile(of: eli.id) == profile)
        }
    }
}
