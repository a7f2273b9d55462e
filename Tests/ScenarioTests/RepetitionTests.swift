import JSONTree
import Testing

/// Activities that come twice, as they do when an answer is lost on the way.
extension Undisturbed {
    @Suite struct RepetitionTests {
        @Test func repeatedInviteMakesOneSessionAndOneNotification() async throws {
            let pair = try Pair.current
            let session = try await pair.asked()
            let invite = try await pair.ateneo.invite(of: session.uri)
            let before = try await session.mentorSide()

            try await pair.ateneo.sendAgain(invite, to: pair.noor, at: pair.barrio)

            #expect(try await session.mentorSide() == before)
            let mirrors = try await pair.barrio.sessions(of: pair.noor).filter { $0["uri"]?.string == session.uri }
            #expect(mirrors.count == 1)
            #expect(try await session.notificationsOfMentor() == ["requested"])
            try await eventually("both were taken") {
                pair.ateneo.log.sent(invite).map { $0["status"]?.string } == ["202", "202"]
            }
        }

        @Test func repeatedInviteDoesNotAskAgainWhatIsAgreed() async throws {
            let pair = try Pair.current
            let session = try await pair.agreed()

            try await pair.ateneo.sendAgain(
                try await pair.ateneo.invite(of: session.uri), to: pair.noor, at: pair.barrio)

            let sides = try await session.bothAre("scheduled")
            #expect(sides.mentor.history == ["requested", "accepted"])
            #expect(try await session.notificationsOfMentor() == ["requested"])
        }

        @Test func repeatedAcceptIsOneAgreement() async throws {
            let pair = try Pair.current
            let session = try await pair.agreed()
            let before = try await session.menteeSide()

            try await pair.barrio.sendAgain(
                try await pair.barrio.agreement(of: session.uri), to: pair.mika, at: pair.ateneo)

            #expect(try await session.menteeSide() == before)
            #expect(try await session.notificationsOfMentee() == ["accepted"])
        }

        @Test func repeatedAcceptDoesNotReviveWhatWasCancelled() async throws {
            let pair = try Pair.current
            let session = try await pair.agreed()
            try await session.changeAsMentee(["status": "cancelled", "reason": "I am ill."])
            try await session.bothAre("cancelled")

            try await pair.barrio.sendAgain(
                try await pair.barrio.agreement(of: session.uri), to: pair.mika, at: pair.ateneo)

            try await session.bothAre("cancelled")
            #expect(try await session.notificationsOfMentee() == ["accepted"])
        }

        @Test func inviteThatComesAfterItsDeleteOpensNothing() async throws {
            let pair = try Pair.current
            let session = try await pair.asked()
            let invite = try await pair.ateneo.invite(of: session.uri)
            try await session.changeAsMentee(["status": "cancelled", "reason": "I found somebody."])
            try await session.bothAre("cancelled")

            try await pair.ateneo.sendAgain(invite, to: pair.noor, at: pair.barrio)

            #expect(try await session.mentorSide()["status"]?.string == "cancelled")
            #expect(try await session.notificationsOfMentor() == ["requested", "cancelled"])
        }
    }
}
