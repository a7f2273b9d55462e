import JSONTree
import Testing

/// Moves by the mentee and proposals by the mentor.
extension Undisturbed {
    @Suite struct OtherTimesTests {
        @Test(arguments: [false, true])
        func moveByTheMenteeNeedsANewAnswer(wasAgreed: Bool) async throws {
            let pair = try Pair.current
            let session = try await wasAgreed ? pair.agreed() : pair.asked()
            let start = Times.next()

            try await session.changeAsMentee(["start": .string(start)])

            try await session.both("have the new time, pending") {
                Self.has($0, start, "pending", revision: 1) && $0["waiting_on"]?.string == "mentor"
            }
            #expect(try await session.notificationsOfMentor().last == "rescheduled")

            try await session.answer(["action": "accept"])

            let sides = try await session.bothAre("scheduled")
            #expect(Self.has(sides.mentee, start, "scheduled", revision: 1))
            #expect(Self.has(sides.mentor, start, "scheduled", revision: 1))
            #expect(sides.mentee["place"]?["link"]?.string == sides.mentor["place"]?["link"]?.string)
            #expect(try await session.notificationsOfMentee().last == "accepted")
        }

        @Test(arguments: [false, true])
        func proposedTimeThatTheMenteeTakesNeedsNoFurtherAnswer(wasAgreed: Bool) async throws {
            let pair = try Pair.current
            let session = try await wasAgreed ? pair.agreed() : pair.asked()
            let start = Times.next()
            try await Self.propose(start, for: session)
            #expect(try await session.notificationsOfMentee().last == "proposed")

            try await session.answerProposal(["action": "accept"])

            let sides = try await session.both("are scheduled at the proposed time") {
                Self.has($0, start, "scheduled", revision: 1)
            }
            for side in [sides.mentee, sides.mentor] {
                #expect(side["proposal"]?.isNull == true)
                #expect(Array(side.history.suffix(3)) == ["proposed", "rescheduled", "accepted"])
            }
            #expect(sides.mentor["place"]?["link"]?.string == sides.mentee["place"]?["link"]?.string)
        }

        @Test(arguments: ["pending", "scheduled"])
        func proposedTimeThatTheMenteeDeclinesChangesNothing(status: String) async throws {
            let pair = try Pair.current
            let session = try await status == "scheduled" ? pair.agreed() : pair.asked()
            let before = try await session.menteeSide()
            try await Self.propose(Times.next(), for: session)

            try await session.answerProposal(["action": "decline", "reason": "That is too early for me."])

            let sides = try await session.both("have no proposal any more") { $0["proposal"]?.isNull == true }
            for side in [sides.mentee, sides.mentor] {
                #expect(Self.has(side, before["start"]?.string, status, revision: 0))
                #expect(side["history"].list.last?["reason"]?.string == "That is too early for me.")
            }
            #expect(try await session.notificationsOfMentor().last == "proposal_declined")
        }

        private static func propose(_ start: String, for session: SharedSession) async throws {
            try await session.changeAsMentor(["start": .string(start), "reason": "I am on a train at that time."])
            let sides = try await session.both("show the proposal") { $0["proposal"]?["slots"].list.count == 1 }
            for side in [sides.mentee, sides.mentor] {
                #expect(side["proposal"]?["slots"].list.first?["start"]?.string == start)
                #expect(side["proposal"]?["reason"]?.string == "I am on a train at that time.")
            }
        }

        private static func has(_ side: JSON, _ start: String?, _ status: String, revision: Int) -> Bool {
            side["start"]?.string == start && side["status"]?.string == status && side["revision"]?.int == revision
        }
    }
}
