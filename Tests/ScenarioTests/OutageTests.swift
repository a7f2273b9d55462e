import JSONTree
import PostgreSQL
import Testing

/// One of the two servers is away while people go on.
extension Disturbed {
    @Suite struct OutageTests {
        @Test func requestArrivesAfterThreeFailedAttempts() async throws {
            let pair = try await Pair.restored
            #expect(await pair.barrio.stop() == .success)
            let request = try await pair.ask()
            let invite = try await pair.ateneo.invite(of: request.uri)
            try await eventually("three attempts") { pair.ateneo.log.sent(invite).count >= 3 }

            try await pair.barrio.start()

            let session = try await pair.arrived(request)
            try await session.bothAre("pending")
            try await eventually("the sender knows") { pair.ateneo.log.sent(invite).last?["status"]?.string == "202" }
            let attempts = pair.ateneo.log.sent(invite)
            #expect(attempts.map { $0["attempt"]?.string } == (1...attempts.count).map(String.init))
            #expect(attempts.dropLast().allSatisfy { $0["status"]?.string == "connect" })
            #expect(try await session.notificationsOfMentor() == ["requested"])
            try await eventually("nothing waits any more") {
                try await pair.ateneo.waitingDeliveries(of: request.uri) == 0
            }
        }

        @Test func requestWithdrawnDuringAnOutageNeverOpensAtTheMentor() async throws {
            let pair = try await Pair.restored
            #expect(await pair.barrio.stop() == .success)
            let request = try await pair.ask()
            let invite = try await pair.ateneo.invite(of: request.uri)
            try await eventually("an attempt") { !pair.ateneo.log.sent(invite).isEmpty }
            let withdrawals = pair.barrio.log.withdrawals
            try await pair.ateneo.patch(
                "/sessions/\(request.id)", as: pair.mika, ["status": "cancelled", "reason": "I found somebody."])

            try await pair.barrio.start()

            try await eventually("the Delete arrives") { pair.barrio.log.withdrawals > withdrawals }
            #expect(try await pair.barrio.sessions(of: pair.noor).allSatisfy { $0["uri"]?.string != request.uri })

            try await pair.ateneo.sendAgain(invite, to: pair.noor, at: pair.barrio)

            #expect(pair.barrio.log.received(invite).map { $0["outcome"]?.string } == ["ignored:withdrawn"])
            #expect(try await pair.barrio.sessions(of: pair.noor).allSatisfy { $0["uri"]?.string != request.uri })
            let own = try await pair.ateneo.get("/sessions/\(request.id)", as: pair.mika)
            #expect(own["status"]?.string == "cancelled")
        }

        enum Delivery: CaseIterable { case delayed, givenUp }

        /// The mentor accepts what the mentee has cancelled. If the Delete never arrives, the answer to the Accept says
        /// it once more.
        @Test(arguments: Delivery.allCases)
        func acceptThatCrossesACancelEndsCancelledOnBothSides(delivery: Delivery) async throws {
            let pair = try await Pair.restored
            let session = try await pair.asked()
            #expect(await pair.barrio.stop() == .success)
            try await session.changeAsMentee(["status": "cancelled", "reason": "I found somebody."])
            #expect(await pair.ateneo.stop() == .success)
            if delivery == .givenUp { try await pair.ateneo.giveUpDeliveries(of: session.uri) }
            try await pair.barrio.start()
            try await session.answer(["action": "accept"])
            #expect(try await session.mentorSide()["status"]?.string == "scheduled")

            try await pair.ateneo.start()

            let sides = try await session.bothAre("cancelled")
            #expect(sides.mentee["ended"]?["reason"]?.string == "I found somebody.")
            #expect(sides.mentor["ended"]?["reason"]?.string == "I found somebody.")
            #expect(sides.mentor["ended"]?["by"]?.string == "mentee")
            #expect(try await session.notificationsOfMentor() == ["requested", "cancelled"])
            #expect(try await session.notificationsOfMentee() == [])
        }

        /// The mentor accepts and takes it back while the mentee's server is away: it hears both, and the reason.
        @Test func acceptTakenBackDuringAnOutageIsHeardWithItsReason() async throws {
            let pair = try await Pair.restored
            let session = try await pair.asked()
            #expect(await pair.ateneo.stop() == .success)
            try await session.answer(["action": "accept"])
            try await session.changeAsMentor(["status": "cancelled", "reason": "I have fallen ill."])

            try await pair.ateneo.start()

            let sides = try await session.bothAre("cancelled")
            #expect(sides.mentee["ended"]?["by"]?.string == "mentor")
            #expect(sides.mentee["ended"]?["reason"]?.string == "I have fallen ill.")
            #expect(try await session.notificationsOfMentee() == ["accepted", "cancelled"])
        }
    }
}

extension Log {
    fileprivate var withdrawals: Int { entries("received").count { $0["type"]?.string == "Delete" } }
}

extension Community {
    /// Deliveries that are still to be made for a session.
    fileprivate func waitingDeliveries(of session: String) async throws -> Int {
        try await withDatabase { database in
            try await database.rows(
                "select id from jobs where starts_with(sequence, \(session)) and dead_at is null"
            ).count
        }
    }

    /// Makes dead letters of a session's deliveries, as after the last attempt.
    fileprivate func giveUpDeliveries(of session: String) async throws {
        let given = try await withDatabase { database in
            try await database.execute("update jobs set dead_at = now() where starts_with(sequence, \(session))")
        }
        #expect(given == 1)
    }
}
