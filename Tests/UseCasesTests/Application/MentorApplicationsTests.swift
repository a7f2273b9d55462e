import Foundation
import Mentoring
import PostgreSQL
import SafeText
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

struct MentorApplicationsTests {
    /// A community that wants to know its mentors, and Noor, who has a profile to publish.
    private struct Bench {
        let home: TestCommunity
        let noor: Account
        let applications: MentorApplications
        let profiles: MentorProfiles

        init(_ home: TestCommunity, _ admission: MentoringPolicy.Admission = .approval) async throws {
            var policy = MentoringPolicy()
            policy.admission = admission
            let plain = Profiles(consequences: [])
            self.home = home
            noor = try await home.person("noor")
            applications = MentorApplications(
                policy: policy, profiles: plain,
                voice: CommunityVoice(
                    community: home.community, speaker: try await home.instanceActor().id,
                    consequences: PostConsequences([])))
            profiles = MentorProfiles(database: home.database, profiles: plain, policy: policy)
        }

        func apply(_ text: String) async throws -> MentorApplications.Outcome {
            try await home.database.transaction { try await applications.apply(text, by: noor, in: $0) }
        }

        func decide(
            _ application: MentorApplication, _ verdict: MentorApplications.Verdict
        ) async throws -> MentorApplications.Answer? {
            try await home.database.transaction { transaction in
                try await applications.decide(application.id, verdict, by: nil, now: .thisSecond, in: transaction)
            }
        }

        func made(_ text: String) async throws -> MentorApplication {
            guard case .made(let application) = try await apply(text) else { throw UnreadableSample(text: text) }
            return application
        }

        /// Whether others find Noor among the mentors.
        func isShown() async throws -> Bool {
            try await !home.database.publishedProfiles(of: [noor.actor.id]).isEmpty
        }

        func messages() async throws -> [String] {
            try await home.database.rows("select source from posts order by id").map { try $0.get("source") }
        }
    }

    @Test("A profile waits for the community's yes, which comes with a message")
    func approves() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let saved = try await bench.profiles.save(.open, of: bench.noor, now: Date())
            #expect(saved.isPublished && !saved.isAdmitted)
            #expect(try await bench.isShown() == false)
            let application = try await bench.made("I teach SQL.")
            guard case .given(let decided)? = try await bench.decide(application, .approved) else {
                Issue.record("not decided")
                return
            }
            #expect(decided.state == .approved && decided.decision?.by == nil)
            #expect(try await bench.isShown())
            #expect(
                try await bench.messages()
                    == ["@noor You are a mentor of Ateneo now. Your profile is shown, and people can ask you."])
            guard case .conflict(.notNeeded) = try await bench.apply("Once more.") else {
                Issue.record("applied though a mentor")
                return
            }
        }
    }

    @Test("The yes may come before the profile")
    func approvesBeforehand() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            _ = try await bench.decide(try await bench.made("I teach SQL."), .approved)
            #expect(try await bench.messages().first?.hasSuffix("Publish your profile, and people can ask you.") == true)
            #expect(try await bench.profiles.save(.open, of: bench.noor, now: Date()).isShown)
            #expect(try await bench.isShown())
        }
    }

    @Test("A no comes with its reason, and other words are heard again")
    func refuses() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let first = try await bench.made("Hi")
            guard case .conflict(.waiting) = try await bench.apply("Hello") else {
                Issue.record("two applications at once")
                return
            }
            await #expect(throws: InvalidFields.self) { try await bench.decide(first, .refused(reason: " ")) }
            _ = try await bench.decide(first, .refused(reason: "Please say more."))
            #expect(try await bench.messages().first?.contains("“Please say more.”") == true)
            guard case .conflict(.unchanged) = try await bench.apply(" Hi ") else {
                Issue.record("heard the same again")
                return
            }
            let second = try await bench.made("I teach SQL since 1999.")
            _ = try await bench.decide(second, .approved)
            #expect(try await bench.profiles.save(.open, of: bench.noor, now: Date()).isShown)
        }
    }

    @Test("Who is no moderator neither reads nor answers what others wrote", arguments: Account.Role.allCases)
    func permissions(role: Account.Role) async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let application = try await bench.made("I teach SQL.")
            let person = try await home.person("zed")
            try await home.database.execute(
                "update accounts set role = \(role) where actor_id = \(person.actor.id)")
            let judge = try #require(try await home.database.account(id: person.actor.id))
            let list = { @Sendable in
                try await bench.applications.list(in: nil, before: nil, limit: 20, for: judge, in: home.database)
            }
            let decide = { @Sendable in
                try await home.database.transaction { transaction in
                    try await bench.applications.decide(
                        application.id, .refused(reason: "No."), by: judge, now: .thisSecond, in: transaction)
                }
            }
            if role == .member {
                await #expect(throws: NotPermitted.self) { try await list() }
                await #expect(throws: NotPermitted.self) { try await decide() }
            } else {
                #expect(try await list() == [application])
                _ = try await decide()
            }
            let state = try await home.database.latestApplication(of: bench.noor.actor.id)?.state
            #expect(state == (role == .member ? .waiting : .refused))
        }
    }

    @Test("Of several who answer at once, one does; the others are told what was answered")
    func decidesOnce() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let application = try await bench.made("I teach SQL.")
            let answers = try await withThrowingTaskGroup { group in
                for number in 0..<6 {
                    group.addTask {
                        try await bench.decide(
                            application, number.isMultiple(of: 2) ? .approved : .refused(reason: "No."))
                    }
                }
                return try await group.reduce(into: [MentorApplications.Answer?]()) { $0.append($1) }
            }
            let given = answers.compactMap { if case .given(let one)? = $0 { one } else { nil } }
            let late = answers.compactMap { if case .decidedBefore(let one)? = $0 { one } else { nil } }
            #expect(given.count == 1 && late.count == 5)
            #expect(late.allSatisfy { $0 == given.first })
            #expect(try await bench.messages().count == 1)
        }
    }

    @Test("Who is a mentor stays one when the community begins to ask, and who waited is one when it asks no more")
    func changesOfMind() async throws {
        try await withCommunity { home in
            let open = try await Bench(home, .everybody)
            guard case .conflict(.notNeeded) = try await open.apply("I teach.") else {
                Issue.record("applied where everybody may")
                return
            }
            #expect(try await open.profiles.save(.open, of: open.noor, now: Date()).isShown)
            var policy = MentoringPolicy()
            policy.admission = .approval
            let strict = MentorProfiles(
                database: home.database, profiles: Profiles(consequences: []), policy: policy)
            #expect(try await strict.save(.open, of: open.noor, now: Date()).isShown)
            let mika = try await home.person("mika")
            #expect(try await strict.save(.open, of: mika, now: Date()).isShown == false)
            try await home.database.transaction { try await open.applications.admitEverybody(in: $0) }
            #expect(try await home.database.profile(of: mika.actor.id)?.isShown == true)
        }
    }
}
