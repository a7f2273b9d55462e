import JSONTree
import SeededRandom
import Testing

/// `kill -9` of either server: what was acknowledged is kept, and both sides end in the same state.
extension Disturbed {
    @Suite struct KillTests {
        enum Victim: CaseIterable {
            case mentees, mentors

            func community(in pair: Pair) -> Community { self == .mentees ? pair.ateneo : pair.barrio }
        }

        enum Moment: CaseIterable { case afterRequest, afterArrival, afterAnswer, afterAgreement }

        @Test(arguments: Moment.allCases, Victim.allCases)
        func killBetweenTwoStepsLosesNothing(moment: Moment, victim: Victim) async throws {
            let pair = try await Pair.restored
            func reach(_ reached: Moment) async throws {
                if reached == moment { try await victim.community(in: pair).killAndRestart() }
            }
            let request = try await pair.ask()
            try await reach(.afterRequest)
            let session = try await pair.arrived(request)
            try await reach(.afterArrival)
            try await session.answer(["action": "accept"])
            try await reach(.afterAnswer)
            let agreed = try await session.bothAre("scheduled")
            try await reach(.afterAgreement)

            let sides = try await session.bothAre("scheduled")
            #expect(sides.mentee["place"]?["link"]?.string == sides.mentor["place"]?["link"]?.string)
            #expect(sides.mentor["place"]?["link"]?.string == agreed.mentor["place"]?["link"]?.string)
            #expect(sides.mentee.history == ["requested", "accepted"])
            #expect(sides.mentor.history == ["requested", "accepted"])
            #expect(try await session.notificationsOfMentor() == ["requested"])
            #expect(try await session.notificationsOfMentee() == ["accepted"])
        }

        @Test func clusterOfAKilledServerIsTakenOver() async throws {
            let pair = try await Pair.restored
            let first = pair.ateneo.log.count
            let process = try #require(pair.ateneo.log.clusterProcess())
            let session = try await pair.asked()

            await pair.ateneo.kill()
            try await pair.ateneo.start()

            let takeover = try #require(pair.ateneo.log.entries("taking over the running cluster", after: first).first)
            #expect(takeover["pid"]?.string == process)
            #expect(pair.ateneo.log.entries("private cluster started", after: first).isEmpty)
            try await session.bothAre("pending")
        }

        /// Stories in each of which one server is killed at any moment. The seed is fixed; what the moments hit is not.
        @Test func killAtAnyMomentLosesNothingAcknowledged() async throws {
            let pair = try await Pair.restored
            var generator = SeededGenerator(seed: 20)
            for round in 1...16 {
                let victim = Victim.allCases.randomElement(using: &generator) ?? .mentees
                let moment = Duration.milliseconds(Int.random(in: 0...400, using: &generator))
                let isCancelled = Bool.random(using: &generator)

                async let story = Self.tell(isCancelled: isCancelled, pair)
                // Not to wait for anything: the moment is what is being varied.
                try await Task.sleep(for: moment)
                try await victim.community(in: pair).killAndRestart()
                let session = try await story

                let expected = isCancelled ? "cancelled" : "scheduled"
                guard let sides = try await session?.bothAre(expected) else { continue }
                let steps = isCancelled ? ["requested", "accepted", "cancelled"] : ["requested", "accepted"]
                #expect(sides.mentor.history == steps, "round \(round)")
            }
            // Also what was stored and could not be acknowledged is the same on both sides.
            try await eventually("both sides tell the same of every session", lastSeen: { pair.logs }) {
                let mentees = try await Self.states(of: pair.ateneo.sessions(of: pair.mika))
                let mentors = try await Self.states(of: pair.barrio.sessions(of: pair.noor))
                return mentees == mentors ? () : nil
            }
        }

        /// Request, accept and, where wanted, cancel, each repeated until it is acknowledged; nil when even the request
        /// was not, which nobody can repeat without asking twice.
        private static func tell(isCancelled: Bool, _ pair: Pair) async throws -> SharedSession? {
            guard let request = try await unlessCutOff({ try await pair.ask() }) else { return nil }
            let session = try await eventually("the request arrives") {
                try await unlessCutOff { try await pair.arrived(request) }
            }
            try await eventually("the accept is acknowledged") {
                try await unlessCutOff {
                    try await unlessDone { try await session.answer(["action": "accept"]) }
                }
            }
            guard isCancelled else { return session }
            try await eventually("the cancel is acknowledged") {
                try await unlessCutOff {
                    try await unlessDone {
                        try await session.changeAsMentee(["status": "cancelled", "reason": "I am ill."])
                    }
                }
            }
            return session
        }

        private static func states(of sessions: [JSON]) -> [String: String] {
            Dictionary(sessions.compactMap { session in
                session["uri"]?.string.map { ($0, session["status"]?.string ?? "") }
            }) { first, _ in first }
        }
    }
}

extension Log {
    /// The process that serves the private cluster.
    fileprivate func clusterProcess() -> String? {
        (entries("private cluster started") + entries("taking over the running cluster")).last?["pid"]?.string
    }
}
