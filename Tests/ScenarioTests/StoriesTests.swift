import JSONTree
import Testing

/// The four stories that the demonstration tells, seen from both sides.
extension Undisturbed {
    @Suite struct StoriesTests {
        /// Words that markup, lines and scripts could break on their way.
        static let words = "I am away <that> week & the \"next\" one, sorry 🙂\nPerhaps later: 1 < 2, &amp; so on."

        @Test func acceptedRequestIsScheduledOnBothSidesWithOneMeetingLink() async throws {
            let session = try await Pair.current.asked("My <first> job & yours", message: Self.words)
            let sides = try await session.bothAre("pending")
            for side in [sides.mentee, sides.mentor] {
                #expect(side["topic"]?.string == "My <first> job & yours")
                #expect(side["message"]?.string == Self.words)
                #expect(side["waiting_on"]?.string == "mentor")
                #expect(side["place"]?["link"]?.string == nil)
            }
            #expect(sides.mentee["role"]?.string == "mentee")
            #expect(sides.mentor["role"]?.string == "mentor")
            #expect(try await session.notificationsOfMentor() == ["requested"])

            try await session.answer(["action": "accept", "note": "Happy to help."])

            let agreed = try await session.bothAre("scheduled")
            let link = try #require(agreed.mentor["place"]?["link"]?.string)
            #expect(link.hasPrefix("https://"))
            #expect(agreed.mentee["place"]?["link"]?.string == link)
            #expect(agreed.mentee["start"]?.string == agreed.mentor["start"]?.string)
            #expect(agreed.mentee["history"].list.last?["reason"]?.string == "Happy to help.")
            #expect(agreed.mentee.history == ["requested", "accepted"])
            #expect(agreed.mentor.history == ["requested", "accepted"])
            #expect(try await session.notificationsOfMentee() == ["accepted"])
            #expect(try await session.notificationsOfMentor() == ["requested"])
        }

        @Test func declineTellsItsReason() async throws {
            let session = try await Pair.current.asked()
            try await session.answer(["action": "decline", "reason": .string(Self.words)])

            let sides = try await session.bothAre("declined")
            for side in [sides.mentee, sides.mentor] {
                #expect(side["ended"]?["reason"]?.string == Self.words)
                #expect(side["ended"]?["by"]?.string == "mentor")
                #expect(side.history == ["requested", "declined"])
            }
            #expect(try await session.notificationsOfMentee() == ["declined"])
        }

        @Test func cancelByTheMentorTellsItsReason() async throws {
            let session = try await Pair.current.agreed()
            try await session.changeAsMentor(["status": "cancelled", "reason": .string(Self.words)])

            let sides = try await session.bothAre("cancelled")
            for side in [sides.mentee, sides.mentor] {
                #expect(side["ended"]?["reason"]?.string == Self.words)
                #expect(side["ended"]?["by"]?.string == "mentor")
                #expect(side.history == ["requested", "accepted", "cancelled"])
            }
            #expect(try await session.notificationsOfMentee() == ["accepted", "cancelled"])
            #expect(try await session.notificationsOfMentor() == ["requested"])
        }

        @Test func cancelByTheMenteeBeforeTheAnswerTellsItsReason() async throws {
            let session = try await Pair.current.asked()
            try await session.changeAsMentee(["status": "cancelled", "reason": .string(Self.words)])

            let sides = try await session.bothAre("cancelled")
            for side in [sides.mentee, sides.mentor] {
                #expect(side["ended"]?["reason"]?.string == Self.words)
                #expect(side["ended"]?["by"]?.string == "mentee")
                #expect(side.history == ["requested", "cancelled"])
            }
            #expect(try await session.notificationsOfMentee() == [])
            #expect(try await session.notificationsOfMentor() == ["requested", "cancelled"])
        }
    }
}
