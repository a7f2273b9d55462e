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

struct OpenAsksDeskTests {
    static func policy(most: Int) -> MentoringPolicy {
        var policy = MentoringPolicy()
        policy.mostOpenAsks = most
        return policy
    }

    static func bench(_ home: TestCommunity, _ side: Bench.Side = .here, most: Int = 2) async throws -> Bench {
        var bench = try await Bench(home, side)
        bench.desk = SessionDesk(
            community: home.community, policy: policy(most: most),
            consequences: [NotifyParties(), KeepSessionTimer()])
        return bench
    }

    @Test("One request more than can wait is refused with the number, until one of them has its answer")
    func cap() async throws {
        try await withCommunity { home in
            let bench = try await Self.bench(home)
            let first = try await bench.request()
            #expect(try await bench.desk.openAsks(of: bench.mika.id, in: home.database) == OpenAsks(open: 1, most: 2))
            _ = try await bench.request()
            let error = await #expect(throws: InvalidFields.self) { try await bench.request() }
            #expect(error?.errors.map(\.field) == ["mentor"])
            #expect(error?.errors.first?.message.contains("2") == true)
            #expect(try await home.count(.sessions) == 2)
            try await bench.perform(Bench.accept, on: first, by: bench.noor)
            // An agreed session that waits to be moved is no new ask.
            let move = SessionAction.reschedule(Move(of: first, to: try slot(.hence(days: 9))))
            try await bench.perform(move, on: first, by: bench.mika)
            #expect(try await bench.session(first.id)?.status == .pending)
            _ = try await bench.request()
            await #expect(throws: InvalidFields.self) { try await bench.request() }
        }
    }

    @Test("Of many requests at once exactly as many pass as are left")
    func races() async throws {
        try await withCommunity(poolSize: 8) { home in
            let bench = try await Self.bench(home, most: 3)
            let passed = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        do {
                            _ = try await bench.request()
                            return true
                        } catch is InvalidFields {
                            return false
                        }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(passed == 3)
            #expect(try await home.count(.sessions) == 3)
        }
    }

    @Test("Somebody elsewhere is answered that they wait for enough already")
    func elsewhere() async throws {
        try await withCommunity { home in
            let bench = try await Self.bench(home, .mirror, most: 2)
            var ended: [Ending?] = []
            for number in 1...3 {
                var request = try bench.remoteRequest()
                request.event = try uri("https://b.example/sessions/\(number)")
                request.invite = try uri("https://b.example/activities/\(number)")
                #expect(try await bench.receive(request) == nil)
                ended.append(try await home.database.session(.event(request.event))?.ending)
            }
            #expect(ended.map { $0?.reason.code } == [nil, nil, .policy])
            #expect(ended.last??.reason.text?.contains("2 requests") == true)
            #expect(try await bench.notifications(bench.noor) == ["requested", "requested"])
        }
    }
}

struct IntakeDeskTests {
    static let question = "What have you tried?"

    static func bench(_ home: TestCommunity, _ side: Bench.Side = .here) async throws -> Bench {
        var profile = ProfileDraft.open
        profile.questions = [.init(question, isRequired: true, leastLength: 5), .init("Why me?")]
        let bench = try await Bench(home, side, profile: profile)
        if side == .owner {
            let noor = try profile.checked(catalogue: try await home.database.catalogue(), now: Date())
            try await home.database.save(noor, of: bench.noor.id)
        }
        return bench
    }

    static func request(_ answers: [(String, String)]) -> SessionRequest {
        var request = Bench.request
        request.answers = answers.map { IntakeAnswerDraft(question: $0.0, text: $0.1) }
        return request
    }

    @Test(
        "Without the answers that a mentor demands, here or elsewhere, nothing is asked",
        arguments: [Bench.Side.here, .owner])
    func demands(side: Bench.Side) async throws {
        try await withCommunity { home in
            let bench = try await Self.bench(home, side)
            let wrong: [([(String, String)], String)] = [
                ([], "answers"), ([(Self.question, "ab c")], "answers[0].text"),
            ]
            for (answers, field) in wrong {
                let error = await #expect(throws: InvalidFields.self) { try await bench.request(Self.request(answers)) }
                #expect(error?.errors.map(\.field) == [field])
            }
            #expect(try await home.count(.sessions) == 0)
            let session = try await bench.request(Self.request([(Self.question, "Books, many.")]))
            #expect(try await home.database.answers(of: session.id) == [
                IntakeAnswer(question: Self.question, text: "Books, many.")
            ])
            if side == .owner {
                let invite = try #require(try await home.sent().first)
                #expect(invite["mnt:answers"] == [["mnt:question": "What have you tried?", "mnt:text": "Books, many."]])
                #expect(invite["object"]?["mnt:answers"] == nil)
            }
        }
    }

    @Test("A request from elsewhere without answers is taken, and it is known what is missing")
    func missing() async throws {
        try await withCommunity { home in
            let bench = try await Self.bench(home, .mirror)
            var request = try bench.remoteRequest()
            request.answers = [IntakeAnswer(question: "Anything else?", text: "No.")]
            #expect(try await bench.receive(request) == nil)
            let session = try #require(try await home.database.session(.event(request.event)))
            #expect(session.status == .pending)
            #expect(try await home.database.answers(of: session.id) == [
                IntakeAnswer(question: "Anything else?", text: "No."), IntakeAnswer(question: Self.question, text: nil),
            ])
        }
    }

    @Test("What was answered last to each question is offered again, to nobody but who answered")
    func reuse() async throws {
        try await withCommunity { home in
            let bench = try await Self.bench(home)
            let now = Date.thisSecond
            for (number, text) in ["First of all", "Second thought"].enumerated() {
                _ = try await bench.request(
                    Self.request([(Self.question, text)]), at: now.addingTimeInterval(Double(number)))
            }
            let given = try await home.database.latestAnswers(by: bench.mika.id, limit: 10)
            #expect(given.map(\.question) == [Self.question])
            #expect(given.map(\.text) == ["Second thought"])
            #expect(given.first?.at == now.addingTimeInterval(1))
            #expect(try await home.database.latestAnswers(by: bench.noor.id, limit: 10).isEmpty)
        }
    }
}

/// Noor takes one mentee at a time.
struct CapacityTests {
    static func bench(_ home: TestCommunity, _ side: Bench.Side = .here, most: Int = 1) async throws -> Bench {
        var profile = ProfileDraft.open
        profile.mostMentees = most
        return try await Bench(home, side, profile: profile)
    }

    private func request(_ bench: Bench, by mentee: Actor, day: Double) async throws -> Session {
        var request = Bench.request
        request.start = .hence(days: day)
        return try await bench.home.database.transaction { [request] in
            try await bench.desk.request(request, by: mentee, of: bench.noor, now: .thisSecond, in: $0)
        }
    }

    @Test("Who has room for one more accepts one more, whoever asked first, and their mentees can always come again")
    func accepts() async throws {
        try await withCommunity { home in
            let bench = try await Self.bench(home)
            let zed = try await home.person("zed").actor
            let (first, second) = (
                try await request(bench, by: bench.mika, day: 3), try await request(bench, by: zed, day: 4)
            )
            #expect(try await bench.perform(Bench.accept, on: first, by: bench.noor)?.session.status == .scheduled)
            #expect(try await bench.perform(Bench.accept, on: second, by: bench.noor)?.refusal == .mentorFull)
            #expect(try await bench.session(second.id) == second)
            let error = await #expect(throws: InvalidFields.self) { try await self.request(bench, by: zed, day: 5) }
            #expect(error?.errors.map(\.field) == ["mentor"])
            let again = try await request(bench, by: bench.mika, day: 5)
            #expect(try await bench.perform(Bench.accept, on: again, by: bench.noor)?.session.status == .scheduled)
            #expect(try await home.database.profile(of: bench.noor.id)?.isFull == true)

            // A session that waits to be moved still makes a mentee, one that is cancelled does not.
            let move = SessionAction.reschedule(Move(of: first, to: try slot(.hence(days: 6))))
            try await bench.perform(.cancel(Bench.words), on: again, by: bench.mika)
            try await bench.perform(move, on: first, by: bench.mika)
            #expect(try await bench.perform(Bench.accept, on: second, by: bench.noor)?.refusal == .mentorFull)
            try await bench.perform(.cancel(Bench.words), on: first, by: bench.mika)
            #expect(try await home.database.profile(of: bench.noor.id)?.isFull == false)
            #expect(try await bench.perform(Bench.accept, on: second, by: bench.noor)?.session.status == .scheduled)
        }
    }

    @Test("A session that is over makes room")
    func timePasses() async throws {
        try await withCommunity { home in
            let bench = try await Self.bench(home)
            let first = try await request(bench, by: bench.mika, day: 3)
            try await bench.perform(Bench.accept, on: first, by: bench.noor)
            let zed = try await home.person("zed").actor
            let end = first.slot.end
            for (now, hasRoom) in [(Date.thisSecond, false), (end.addingTimeInterval(-1), false), (end, true)] {
                #expect(try await home.database.hasRoom(bench.noor.id, for: zed.id, at: now) == hasRoom)
                #expect(try await home.database.hasRoom(bench.noor.id, for: bench.mika.id, at: now))
                #expect(try await home.database.isMentee(bench.mika.id, of: bench.noor.id, at: now) == !hasRoom)
            }
            #expect(try await home.database.nextSessionEnd(of: bench.noor.id, after: .thisSecond) == end)
        }
    }

    @Test("Of two acceptances at once at the limit exactly one holds")
    func races() async throws {
        for _ in 0..<5 {
            try await withCommunity(poolSize: 8) { home in
                let bench = try await Self.bench(home, most: 2)
                var sessions: [Session] = []
                for number in 1...8 {
                    let mentee = try await home.person("mentee\(number)").actor
                    sessions.append(try await request(bench, by: mentee, day: Double(number + 2)))
                }
                let refusals = try await withThrowingTaskGroup(of: Refusal?.self) { group in
                    for session in sessions {
                        group.addTask { try await bench.perform(Bench.accept, on: session, by: bench.noor)?.refusal }
                    }
                    return try await group.reduce(into: [Refusal?]()) { $0.append($1) }
                }
                #expect(refusals.count { $0 == nil } == 2)
                #expect(refusals.count { $0 == .mentorFull } == 6)
            }
        }
    }

    @Test("A request from elsewhere to somebody without room is answered so")
    func elsewhere() async throws {
        try await withCommunity { home in
            let bench = try await Self.bench(home, .mirror)
            let zed = try await home.person("zed").actor
            let session = try await request(bench, by: zed, day: 3)
            try await bench.perform(Bench.accept, on: session, by: bench.noor)
            #expect(try await bench.request().ending?.reason.code == .capacity)
        }
    }
}
