import ActivityStreams
import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

@testable import Federation

/// What is between two people is written out to the one for whom it is, or not at all.
struct ConfidentialityTests {
    static let noor = "https://b.example/users/noor"
    static let omar = "https://b.example/users/omar"
    static let followers = "https://a.example/users/mika/followers"
    static let event: JSON = [
        "id": "https://a.example/sessions/1", "type": "Event", "to": .strings([noor]), "cc": [],
        "mnt:state": "requested",
    ]
    static let workspace: JSON = [
        "id": "https://a.example/sessions/1/workspace", "type": "Document", "to": .strings([noor]), "cc": [],
        "mnt:version": 1,
    ]
    static let rating: JSON = ["id": "https://a.example/activities/1#rating", "type": "Note", "mnt:rating": 5]

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var object: JSON = ConfidentialityTests.event
        var members: JSON.Object = [:]
        var audience = [ConfidentialityTests.noor]
        var isPublic = false
        var fault: ConfidentialityFault?

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "an Event to its mentor"),
        Case(name: "a workspace to the other side", object: workspace),
        Case(name: "a rating to whom it is about", object: rating),
        Case(
            name: "a stub that names nobody", object: "https://a.example/sessions/1", members: ["mnt:revision": 0]),
        Case(name: "marked as public", isPublic: true, fault: .isPublic),
        Case(name: "a workspace marked as public", object: workspace, isPublic: true, fault: .isPublic),
        Case(name: "to nobody", audience: [], fault: .severalRecipients),
        Case(name: "to two", audience: [noor, omar], fault: .severalRecipients),
        Case(name: "to another than it names", audience: [omar], fault: .otherAddressees),
        Case(name: "to everybody", members: ["to": [.string(Vocabulary.everybody)]], fault: .otherAddressees),
        Case(
            name: "to everybody, by delivery", members: ["to": [.string(Vocabulary.everybody)]],
            audience: [Vocabulary.everybody], fault: .otherAddressees),
        Case(name: "to followers", members: ["to": .strings([followers])], fault: .otherAddressees),
        Case(
            name: "to followers, by delivery", object: "https://a.example/sessions/1",
            members: ["to": .strings([followers]), "mnt:revision": 0], audience: [followers], fault: .otherAddressees),
        Case(name: "to followers beside", members: ["to": .strings([noor, followers])], fault: .otherAddressees),
        Case(name: "with everybody in copy", members: ["cc": ["as:Public"]], fault: .otherAddressees),
        Case(name: "with a hidden copy", members: ["bcc": .strings([omar])], fault: .otherAddressees),
        Case(name: "with a group as audience", members: ["audience": .strings([omar])], fault: .otherAddressees),
        Case(
            name: "an Event that names everybody", object: ["type": "Event", "to": ["as:Public"], "mnt:state": "x"],
            fault: .otherAddressees),
        Case(
            name: "a rating with followers in copy",
            object: ["type": "Note", "cc": .strings([followers]), "mnt:rating": 5],
            fault: .otherAddressees),
        Case(
            name: "one of several objects names another",
            object: [event, ["type": "Event", "to": .strings([omar])]],
            fault: .otherAddressees),
        Case(
            name: "a term under its whole address",
            object: ["type": "Note", "https://w3id.org/mentoring/ns#rating": 5],
            isPublic: true, fault: .isPublic),
        Case(
            name: "a mentor's profile is public", object: ["type": "Person", "mnt:mentorStatus": "open"],
            members: ["to": [.string(Vocabulary.everybody)], "cc": .strings([followers])], audience: [],
            isPublic: true),
        Case(
            name: "a change of the directory is public", object: .string(omar),
            members: [
                "to": [.string(Vocabulary.everybody)], "target": "https://a.example/actor/directory", "mnt:revision": 4,
            ],
            audience: [], isPublic: true),
        Case(
            name: "what names somebody and says more is not", object: .string(omar),
            members: ["target": "https://a.example/actor/directory", "mnt:revision": 4, "mnt:reason": "illness"],
            isPublic: true, fault: .isPublic),
        Case(
            name: "what carries an Event is not", members: ["target": "https://a.example/1", "mnt:revision": 4],
            isPublic: true, fault: .isPublic),
        Case(
            name: "a post for everybody", object: ["type": "Note", "to": [.string(Vocabulary.everybody)]],
            members: ["to": [.string(Vocabulary.everybody)]], audience: [], isPublic: true),
        Case(
            name: "a direct post to two",
            object: ["type": "Note", "directMessage": true, "to": .strings([noor, omar])],
            members: ["to": .strings([noor, omar])], audience: [noor, omar]),
        Case(
            name: "a direct post to everybody", object: ["type": "Note", "directMessage": true, "to": ["Public"]],
            fault: .reachesCrowds),
        Case(
            name: "a direct post to followers", object: ["type": "Question", "directMessage": true],
            members: ["cc": .strings([followers])], fault: .reachesCrowds),
        Case(
            name: "a direct post marked as public", object: ["type": "Note", "directMessage": true], isPublic: true,
            fault: .reachesCrowds),
    ]

    private static func activity(_ one: Case) throws -> OutgoingActivity {
        var document: JSON.Object = [
            "id": "https://a.example/activities/1", "type": "Update", "actor": "https://a.example/users/mika",
            "to": .strings([noor]), "cc": [], "object": one.object,
        ]
        for (name, value) in one.members { document[name] = value }
        return OutgoingActivity(
            id: try uri("https://a.example/activities/1"), type: "Update", sender: ActorID(rawValue: 1),
            isPublic: one.isPublic, document: .object(document))
    }

    @Test(arguments: cases)
    func judges(one: Case) throws {
        let audience = try one.audience.map { try uri($0) }
        #expect(Confidentiality.fault(in: try Self.activity(one), for: audience) == one.fault)
    }

    @Test("What is at fault is not stored and goes nowhere, and with it goes all that was done in its transaction")
    func undoes() async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            let ben = try await bench.known(bench.ben)
            let before = try await federation.home.count(.activities)
            let leak = OutgoingActivity(
                id: federation.community.addresses.activity(UUID()), type: "Update", sender: bench.ann.id,
                document: [
                    "type": "Update", "to": [.string(ben.uri.string)], "cc": ["as:Public"], "object": Self.event,
                ])
            await #expect(throws: ConfidentialityFault.otherAddressees) {
                try await federation.home.database.transaction { transaction in
                    try await Deliveries().send(leak, to: ben, sequence: "leak", in: transaction)
                }
            }
            let after = try await federation.home.count(.activities)
            #expect(after == before)
        }
    }
}
