import Foundation
import JSONTree
import Testing

/// People who are no party of a session, with a valid key of their own.
extension Undisturbed {
    @Suite struct StrangerTests {
        @Test func nobodyButThePartiesCanAnswerChangeOrEndASession() async throws {
            let pair = try Pair.current
            let omar = try await pair.barrio.welcome("omar")
            let key = try await pair.barrio.stealKey(of: omar)
            let session = try await pair.asked()
            let before = try await (session.menteeSide(), session.mentorSide())
            let invite: JSON = [
                "id": .string(try await pair.ateneo.invite(of: session.uri)), "type": "Invite",
                "actor": .string(pair.mika.uri), "target": .string(pair.noor.uri), "object": .string(session.uri),
            ]
            let moved: JSON = [
                "id": .string(session.uri), "type": "Event", "name": "Mine now", "attributedTo": .string(omar.uri),
                "startTime": .string(Times.next()), "endTime": "2030-01-01T00:00:00Z", "mnt:state": "requested",
            ]
            let attempts: [(type: String, object: JSON)] = [
                ("Accept", invite), ("Reject", invite), ("Delete", .string(session.uri)), ("Undo", invite),
                ("Leave", .string(session.uri)), ("Update", moved),
            ]
            for (type, object) in attempts {
                let activity = Self.activity(type, object, by: omar, from: pair.barrio, to: pair.mika)

                #expect(try await pair.ateneo.deliver(activity, to: pair.mika, signedWith: key) == 202, "\(type)")

                let receipt = try await eventually("\(type) is judged") {
                    pair.ateneo.log.received(activity["id"]?.string ?? "").first
                }
                #expect(receipt["outcome"]?.string != "applied", "\(type)")
                #expect(try await session.menteeSide() == before.0, "\(type)")
            }
            #expect(try await session.mentorSide() == before.1)
            #expect(try await session.notificationsOfMentee() == [])
            #expect(try await pair.barrio.sessions(of: omar) == [])
        }

        @Test func acceptInTheMentorsNameWithAnotherKeyIsRefused() async throws {
            let pair = try Pair.current
            let olga = try await pair.barrio.welcome("olga")
            let key = try await pair.barrio.stealKey(of: olga)
            let session = try await pair.asked()
            let forged = Self.activity(
                "Accept", .string(try await pair.ateneo.invite(of: session.uri)), by: pair.noor, from: pair.barrio,
                to: pair.mika)

            #expect(try await pair.ateneo.deliver(forged, to: pair.mika, signedWith: key) == 401)

            #expect(try await session.menteeSide()["status"]?.string == "pending")
            #expect(try await session.notificationsOfMentee() == [])
        }

        private static func activity(
            _ type: String, _ object: JSON, by actor: Person, from community: Community, to recipient: Person
        ) -> JSON {
            [
                "@context": "https://www.w3.org/ns/activitystreams",
                "id": .string("\(community.origin)/activities/\(UUID().uuidString.lowercased())"),
                "type": .string(type), "actor": .string(actor.uri), "to": [.string(recipient.uri)], "object": object,
            ]
        }
    }
}
