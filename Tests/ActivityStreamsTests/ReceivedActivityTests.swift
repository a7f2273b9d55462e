import ActivityStreams
import JSONTree
import Testing
import Wire

@Suite struct ReceivedActivityTests {
    private static let follow: JSON = [
        "@context": "https://www.w3.org/ns/activitystreams", "id": "https://m.example/1", "type": "Follow",
        "actor": "https://m.example/users/tomas", "object": "https://b.example/users/noor",
    ]

    private func refusal(_ document: JSON) -> ReceivedActivity.Refusal? {
        do throws(ReceivedActivity.Refusal) {
            _ = try ReceivedActivity(document)
            return nil
        } catch {
            return error
        }
    }

    @Test func readsTheEnvelope() throws {
        let activity = try ReceivedActivity(JSON.parse(ProfileExamples.accept))
        #expect(activity.id.string == "https://b.example/activities/2d2f7a54-52c1-4fd9-8d68-7c3c0f6b9a01")
        #expect(activity.type == "Accept")
        #expect(activity.actor.string == "https://b.example/users/noor")
        #expect(try activity.published == Samples.date("2026-09-01T12:00:00Z"))
        #expect(activity.revision == 0)
        #expect(activity.objectType == "Invite")
        #expect(activity.object.id?.string == "https://a.example/activities/6f1c0c1e-3c1b-4d7e-9a55-0f6f3f1f9b10")
        #expect(activity.reason == ReasonDocument(text: "Happy to help.", code: nil))
    }

    @Test("actors and objects come as texts, objects and lists of one", arguments: [
        "https://m.example/users/tomas", ["https://m.example/users/tomas"],
        ["id": "https://m.example/users/tomas", "type": "Person"], [["id": "https://m.example/users/tomas"]],
    ] as [JSON])
    func spellings(actor: JSON) throws {
        let activity = try ReceivedActivity(Self.follow.with("actor", actor).with("object", actor))
        #expect(activity.actor.string == "https://m.example/users/tomas")
        #expect(activity.object.uri == activity.actor)
        #expect(activity.objects.count == 1)
        #expect(activity.published == nil && activity.revision == nil)
        #expect(activity.reason == ReasonDocument(text: nil, code: nil))
    }

    @Test("what is no object is no activity", arguments: [.null, true, 5, "https://m.example/1", [], [follow]] as [JSON])
    func notAnObject(document: JSON) {
        #expect(refusal(document) == .notAnObject)
    }

    @Test("each of four properties must be there", arguments: ["id", "type", "actor", "object"])
    func missing(key: String) {
        #expect(refusal(Self.follow.with(key, nil)) == .missing(key))
        for nothing in [.null, []] as [JSON] {
            #expect(refusal(Self.follow.with(key, nothing)) == .missing(key))
        }
    }

    @Test("ids are URIs", arguments: [
        5, "", "1", "/1", "urn:uuid:6f1c0c1e-3c1b-4d7e-9a55-0f6f3f1f9b10", "https://m.example/\r\nHost: x",
        ["https://m.example/1"], ["id": "https://m.example/1"], "https://m.example/%00",
    ] as [JSON])
    func badIDs(id: JSON) {
        #expect(refusal(Self.follow.with("id", id)) == .missing("id"))
    }

    /// B18.
    @Test("exactly one actor", arguments: [
        ["https://m.example/users/eve", "https://m.example/users/tomas"],
        ["https://m.example/users/tomas", "https://m.example/users/tomas"], ["https://m.example/users/tomas", .null],
    ] as [JSON])
    func severalActors(actor: JSON) {
        #expect(refusal(Self.follow.with("actor", actor)) == .several("actor"))
    }

    @Test("nobody names activities for other servers", arguments: [
        "https://b.example/1", "http://m.example/1", "https://m.example:8443/1", "https://m.example.b.example/1",
        "https://x.m.example/1",
    ])
    func foreignID(id: String) {
        #expect(refusal(Self.follow.with("id", .string(id))) == .foreignID)
    }

    @Test("other spellings of the own origin are the own origin", arguments: [
        "https://M.example/1", "https://m.example:443/1#accepts/follows/1", "https://m.example./1",
    ])
    func ownID(id: String) {
        #expect(refusal(Self.follow.with("id", .string(id))) == nil)
    }

    @Test func objectsAreCutAtTwenty() throws {
        let objects = JSON.array((0..<5_000).map { ["id": .string("https://m.example/o/\($0)")] })
        let activity = try ReceivedActivity(Self.follow.with("object", objects))
        #expect(activity.objects.count == 20)
        #expect(activity.object.id?.path == "/o/0")
    }

    @Test func reasonsAreReadWithTheirCodes() throws {
        let delete = Self.follow.with("mnt:reason", "illness").with("summary", "Cancelled").with("content", "<p>I am ill.</p>")
        #expect(try ReceivedActivity(delete).reason == ReasonDocument(text: "I am ill.", code: "illness"))
        let bare = delete.with("content", nil).with("mnt:reason", .string(String(repeating: "x", count: 101)))
        #expect(try ReceivedActivity(bare).reason == ReasonDocument(text: "Cancelled", code: nil))
    }

    @Test("a revision is an integer or none", arguments: [
        ("0", 0), ("7", 7), ("7.0", 7), ("7e0", 7), ("-1", -1), ("9223372036854775807", .max), ("1e400", nil), ("7.5", nil),
        ("9223372036854775808", nil), ("\"7\"", nil), ("[7]", nil), ("null", nil), ("true", nil),
        ("1" + String(repeating: "0", count: 1_000), nil),
    ] as [(String, Int?)])
    func revisions(text: String, revision: Int?) throws {
        let activity = try ReceivedActivity(Self.follow.with("mnt:revision", JSON.parse(text)))
        #expect(activity.revision == revision)
    }

    @Test("odd values in any property give an activity or a refusal", arguments: [
        "id", "type", "actor", "object", "published", "to", "content", "summary", "mnt:reason", "mnt:revision", "@context",
    ])
    func oddities(key: String) {
        for value in oddValues {
            guard let activity = try? ReceivedActivity(Self.follow.with(key, value)) else { continue }
            #expect(activity.id.isSameOrigin(as: activity.actor))
            #expect((1...20).contains(activity.objects.count))
            #expect(activity.reason.code?.utf8.count ?? 0 <= 100)
            #expect(activity.reason.text?.unicodeScalars.count ?? 0 <= 5_000)
            _ = (activity.objectType, activity.revision, activity.object.uri)
        }
    }
}
