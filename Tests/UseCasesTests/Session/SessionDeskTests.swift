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

struct SessionDeskTests {
    @Test(
        "If what must follow cannot be written, nothing has happened (R01)",
        arguments: [Bench.Side.here, .owner, .mirror])
    func followsOrFails(side: Bench.Side) async throws {
        try await withCommunity { home in
            var bench = try await Bench(home, side)
            let consequences: [any SessionConsequence] = [NotifyParties(), KeepSessionTimer(), FailingConsequence()]
            bench.desk = SessionDesk(community: home.community, consequences: consequences)
            await #expect(throws: FailingConsequence.Failure.self) { try await bench.request() }
            for table in [TestCommunity.CountedTable.sessions, .sessionEvents, .jobs, .notifications, .activities] {
                #expect(try await home.count(table) == 0)
            }

            bench.desk = home.desk
            let session = try await bench.request()
            let jobs = try await home.count(.jobs)
            bench.desk = SessionDesk(community: home.community, consequences: consequences)
            await #expect(throws: FailingConsequence.Failure.self) {
                try await bench.perform(.cancel(Bench.words), on: session, by: bench.mika)
            }
            #expect(try await bench.session(session.id) == session)
            #expect(try await bench.history(session.id) == ["requested"])
            #expect(try await home.count(.jobs) == jobs)
        }
    }

    @Test("Strangers learn nothing from the difference", arguments: [Bench.Side.here, .owner, .mirror])
    func strangers(side: Bench.Side) async throws {
        try await withCommunity { home in
            let bench = try await Bench(home, side)
            let session = try await bench.request()
            let eve = try await home.neighbour("eve", at: "e.example")
            let zed = try await home.person("zed").actor
            for stranger in [eve, zed] {
                for action in [SessionAction.cancel(Bench.words), Bench.accept, .expire, .confirm()] {
                    #expect(try await bench.perform(action, on: session, by: stranger) == nil)
                }
            }
            #expect(try await bench.session(session.id) == session)
            let unknown = try await home.database.transaction { transaction in
                try await bench.desk.perform(
                    .init(Bench.accept), on: .id(UUID()), by: bench.noor.id, now: .thisSecond, in: transaction)
            }
            #expect(unknown == nil)
        }
    }

    @Test(
        "A refused command writes nothing",
        arguments: [
            SessionAction.confirm(), .settle, .expire, .report(.completed), .dispute(Bench.words), .cancel(Bench.words),
        ])
    func refusals(action: SessionAction) async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let session = try await bench.request()
            let decision = try #require(try await bench.perform(action, on: session, by: bench.noor))
            #expect(decision.refusal != nil)
            #expect(try await bench.session(session.id) == session)
            #expect(try await bench.history(session.id) == ["requested"])
        }
    }

    @Test("Two requests for one hour: the second cannot be accepted")
    func oneHourOnce() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let (first, second) = (try await bench.request(), try await bench.request())
            try await bench.perform(Bench.accept, on: first, by: bench.noor)
            let decision = try #require(try await bench.perform(Bench.accept, on: second, by: bench.noor))
            #expect(decision.refusal == .slotTaken)
            #expect(try await bench.session(second.id)?.status == .pending)
        }
    }

    @Test("Answers at the same moment: one is taken, the other told of it")
    func answersAtOnce() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let session = try await bench.request()
            let decisions = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<12 {
                    group.addTask {
                        let action = index % 2 == 0 ? Bench.accept : .decline(Bench.words)
                        return try await bench.perform(action, on: session, by: bench.noor)?.refusal == nil
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let history = try await bench.history(session.id)
            #expect(history.count == 1 + decisions.count { $0 })
            #expect(try await bench.notifications(bench.mika) == Array(history.dropFirst()))
        }
    }
}

struct RequestTests {
    struct Mistake: Sendable {
        let field: String
        let make: @Sendable (inout SessionRequest) -> Void
    }

    static let mistakes = [
        Mistake(field: "mentor") { _ in }, Mistake(field: "type") { $0.type = "artistic" },
        Mistake(field: "topic") { $0.topic = " " }, Mistake(field: "zone") { $0.zone = "Mars/Base" },
        Mistake(field: "start") { $0.start = .hence(days: -1) }, Mistake(field: "minutes") { $0.minutes = 7 },
        Mistake(field: "place.medium") { $0.place.medium = "telepathy" },
    ]

    @Test("What is wrong is named by field", arguments: mistakes.indices)
    func namesTheField(index: Int) async throws {
        let mistake = Self.mistakes[index]
        let field = mistake.field
        try await withCommunity { home in
            let bench = try await Bench(home)
            var request = Bench.request
            mistake.make(&request)
            let asker = field == "mentor" ? bench.noor : bench.mika
            let error = await #expect(throws: InvalidFields.self) {
                try await home.database.transaction { transaction in
                    try await bench.desk.request(
                        request, by: asker, of: bench.noor, now: .thisSecond, in: transaction)
                }
            }
            #expect(error?.errors.map(\.field) == [field])
            #expect(try await home.count(.sessions) == 0)
        }
    }

    @Test(
        "Whom a mentor takes is the mentor's to say",
        arguments: [
            ("anyone", true), ("followers", false), ("known", false), ("nobody", false),
        ])
    func audience(audience: String, isTaken: Bool) async throws {
        try await withCommunity { home in
            var profile = ProfileDraft.open
            profile.audience = audience
            let bench = try await Bench(home, profile: profile)
            if isTaken {
                #expect(try await bench.request().status == .pending)
            } else {
                let error = await #expect(throws: InvalidFields.self) { try await bench.request() }
                #expect(error?.errors.map(\.field) == ["mentor"])
            }
        }
    }

    @Test(
        "Followers come in with those whom the mentor follows, and both where they are meant",
        arguments: [
            ("followers", "mika", true), ("followers", "noor", true), ("known", "mika", false), ("known", "noor", true),
            ("nobody", "noor", false),
        ])
    func acquaintance(audience: String, follower: String, isTaken: Bool) async throws {
        try await withCommunity { home in
            var profile = ProfileDraft.open
            profile.audience = audience
            let bench = try await Bench(home, profile: profile)
            let isMentee = follower == "mika"
            _ = try await home.follow(isMentee ? bench.noor : bench.mika, by: isMentee ? bench.mika : bench.noor)
            let session = try? await bench.request()
            #expect((session != nil) == isTaken)
        }
    }

    @Test("Who has no profile, or none that is published, is asked by nobody")
    func withoutProfile() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let zed = try await home.person("zed").actor
            var hidden = ProfileDraft.open
            hidden.isPublished = false
            let ida = try await home.person("ida", profile: hidden).actor
            for mentor in [zed, ida] {
                await #expect(throws: InvalidFields.self) {
                    try await home.database.transaction { transaction in
                        try await bench.desk.request(
                            Bench.request, by: bench.mika, of: mentor, now: .thisSecond, in: transaction)
                    }
                }
            }
        }
    }

    @Test("A server that knows no mentoring is not asked")
    func serverWithoutMentoring() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let eli = try await home.neighbour("eli", speaksMentoring: false)
            let error = await #expect(throws: InvalidFields.self) {
                try await home.database.transaction { transaction in
                    try await bench.desk.request(
                        Bench.request, by: bench.mika, of: eli, now: .thisSecond, in: transaction)
                }
            }
            #expect(error?.errors.map(\.field) == ["mentor"])
            #expect(try await home.count(.activities) == 0)
        }
    }

    @Test("The price is the mentor's; another that the asker states is refused")
    func price() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            var request = Bench.request
            request.type = "knowledge_transfer"
            #expect(try await bench.request(request).rate == (try rate("20")))
            request.rate = RateDraft(amount: "5", currency: "EUR", per: "hour")
            await #expect(throws: InvalidFields.self) { try await bench.request(request) }
        }
    }
}

struct RemoteRequestTests {
    @Test("A request that the mentor's settings turn away is answered without the mentor")
    func unwelcome() async throws {
        try await withCommunity { home in
            var profile = ProfileDraft.open
            profile.isAccepting = false
            let bench = try await Bench(home, .mirror, profile: profile)
            let session = try await bench.request()
            #expect(session.status == .declined)
            #expect(session.ending?.reason.code == .policy)
            #expect(try await bench.history(session.id) == ["requested", "declined"])
            #expect(try await bench.notifications(bench.noor).isEmpty)
            #expect(try await bench.sent() == ["Reject"])
            let jobs = try await home.jobs("deliver")
            #expect(jobs.map(\.payload["inbox"]?.string) == ["https://b.example/users/mika/inbox"])
        }
    }

    @Test("The same request again is the same session, whatever its Invite's id")
    func repeated() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home, .mirror)
            let session = try await bench.request()
            var again = try bench.remoteRequest()
            again.invite = try uri("https://b.example/activities/2")
            for request in [try bench.remoteRequest(), again] { #expect(try await bench.receive(request) == nil) }
            #expect(try await home.count(.sessions) == 1)
            #expect(try await bench.session(session.id) == session)
            #expect(try await bench.notifications(bench.noor) == ["requested"])
        }
    }

    @Test("Repeated an hour after the answer, the request gets the same answer again")
    func repeatedAfterTheAnswer() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home, .mirror)
            let now = Date.thisSecond
            let session = try await bench.request(at: now)
            try await bench.perform(.decline(Bench.words), on: session, by: bench.noor, at: now)
            try await home.database.execute("delete from jobs where kind = 'deliver'")
            #expect(try await bench.receive(try bench.remoteRequest(), at: now.addingTimeInterval(60)) == nil)
            #expect(try await home.jobs("deliver").isEmpty)
            #expect(try await bench.receive(try bench.remoteRequest(), at: now.addingTimeInterval(3700)) == nil)
            #expect(try await home.jobs("deliver").count == 1)
            #expect(try await bench.sent() == ["Reject"])
        }
    }

    @Test("A newer revision in a repeated request is a move")
    func repeatedAsAMove() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home, .mirror)
            let session = try await bench.request()
            var moved = Bench.request
            moved.start = .hence(days: 8)
            #expect(try await bench.receive(try bench.remoteRequest(moved, revision: 3)) == nil)
            let after = try #require(try await bench.session(session.id))
            #expect(after.revision == 3)
            #expect(after.slot.start == moved.start)
            #expect(try await bench.notifications(bench.noor) == ["requested", "rescheduled"])
        }
    }

    @Test("Delete before Invite: the late request is dropped")
    func withdrawnBefore() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home, .mirror)
            let request = try bench.remoteRequest()
            try await home.database.insertTombstone(request.event)
            #expect(try await bench.receive(request) == .withdrawn)
            #expect(try await home.count(.sessions) == 0)
        }
    }

    @Test(arguments: [
        (RequestRefusal.startInPast, start: -3600.0, minutes: 45.0), (.tooLong, 86_400, 481),
        (.endNotAfterStart, 86_400, 0),
        (.endNotAfterStart, 86_400, -5),
    ])
    func dropsWhatIsNone(refusal: RequestRefusal, start: Double, minutes: Double) async throws {
        try await withCommunity { home in
            let bench = try await Bench(home, .mirror)
            var request = try bench.remoteRequest()
            request.start = Date(timeIntervalSinceNow: start)
            request.end = request.start.addingTimeInterval(minutes * 60)
            #expect(try await bench.receive(request) == refusal)
            #expect(try await home.count(.sessions) == 0)
            #expect(try await home.count(.notifications) == 0)
        }
    }

    @Test("A request whose Invite's id belongs to another session is dropped")
    func inviteOfAnother() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home, .mirror)
            _ = try await bench.request()
            var second = try bench.remoteRequest()
            second.event = try uri("https://b.example/sessions/2")
            #expect(try await bench.receive(second) == .foreignEvent)
            #expect(try await home.count(.sessions) == 1)
        }
    }
}
