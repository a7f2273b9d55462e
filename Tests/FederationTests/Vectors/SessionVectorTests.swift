import ActivityStreams
import Foundation
import JSONTree
import Mentoring
import TestSupport
import Testing
import Wire

/// The vectors that other implementations check themselves against hold for this one: every row of the state table and
/// of the table of conflicts.
struct SessionVectorTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let document: JSON
        let json: JSON

        var testDescription: String { "\(json["side"]?.string ?? ""): \(json["name"]?.string ?? "")" }
    }

    static let vectors: [Vector] = {
        guard let document = try? Vectors.file("sessions") else { return [] }
        return document["vectors"].list.map { Vector(document: document, json: $0) }
    }()

    @Test(arguments: vectors)
    func holds(vector: Vector) throws {
        let (document, json) = (vector.document, vector.json)
        var player = try SessionPlayer(
            side: try #require(json["side"]?.string), mentee: try #require(document["mentee"]?.string),
            mentor: try #require(document["mentor"]?.string))
        if json["given"] == nil {
            try player.begin(with: try #require(document["invite"]), at: try #require(document.date("asked")))
        }
        for step in json["steps"].list {
            let at = try #require(step["at"]?.string)
            let sent = try player.play(step)
            try Self.compare(player.session, with: try #require(step["then"]), at)
            let expected = step["sent"].list
            let shown = sent.map { $0.serializedText() }
            #expect(sent.count == expected.count, "\(at) sent \(shown)")
            for (one, pattern) in zip(sent, expected) {
                let faults = Vectors.faults(in: one, against: pattern)
                #expect(faults == [], "\(at) sent \(shown)")
            }
        }
    }

    private static func compare(_ session: Session?, with then: JSON, _ at: String) throws {
        for (name, value) in try #require(then.object) {
            let held: JSON? =
                switch name {
                case "state": session.map { .string($0.status.wireName) } ?? .null
                case "revision": session.map { .int($0.revision) }
                case "startTime": session.map { .string(DateTime.format($0.slot.start)) }
                case "endTime": session.map { .string(DateTime.format($0.slot.end)) }
                case "reserved": session.map { .array($0.takenSlots.map { .string(DateTime.format($0.start)) }) }
                default: nil
                }
            #expect(held == value, "\(at) \(name)")
        }
    }

    @Test("Both tables and both sides have vectors, and no two of them have one name")
    func areComplete() {
        let names = Self.vectors.map { "\($0.json["side"]?.string ?? "") \($0.json["name"]?.string ?? "")" }
        #expect(Set(names).count == names.count)
        let tables = Set(Self.vectors.map { "\($0.json["side"]?.string ?? "") \($0.json["table"]?.string ?? "")" })
        #expect(tables == ["owner states", "owner conflicts", "mirror states", "mirror conflicts", "mirror requests"])
    }

    @Test("What does not hold is noticed")
    func canFail() throws {
        let pattern = try json(#"{"a":1,"b":null,"c":[{"d":2}]}"#)
        #expect(Vectors.faults(in: try json(#"{"a":1,"c":[{"d":2,"e":3}],"f":4}"#), against: pattern) == [])
        for text in [
            #"{"a":2,"c":[{"d":2}]}"#, #"{"a":1,"b":2,"c":[{"d":2}]}"#, #"{"a":1,"c":[]}"#,
            #"{"a":1,"c":[{"d":2},{"d":2}]}"#, #"{"a":1,"c":[{"d":3}]}"#, #"{"c":[{"d":2}]}"#, "1",
        ] {
            #expect(!Vectors.faults(in: try json(text), against: pattern).isEmpty, "\(text)")
        }
    }
}
