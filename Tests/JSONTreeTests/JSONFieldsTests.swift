import Testing
import Wire

@testable import JSONTree

private enum Kind: String, CaseIterable {
    case artistic, support
}

private struct Offer: Equatable {
    var rate: Int
    var note: String?

    init(fields: JSONFields) {
        rate = fields.required("rate", .integer(in: 0...100))
        note = fields.optional("note", .text(length: 1...5))
    }
}

private struct Request: Equatable {
    var topic: String
    var kind: Kind
    var isOpen: Bool?
    var tags: [String]
    var offers: [Offer]?

    init(fields: JSONFields) {
        topic = fields.required("topic", .text(length: 1...10))
        kind = fields.required("kind", .oneOf())
        isOpen = fields.optional("open", .bool)
        tags = fields.optional("tags", .list(of: .text(length: 1...3), count: 0...2)) ?? []
        offers = fields.optional("offers", .list(of: .object(Offer.init(fields:)), count: 1...3))
    }
}

@Suite struct JSONFieldsTests {
    private func errors<Value>(_ json: JSON, _ read: (JSONFields) -> Value) -> [String] {
        do throws(InvalidFields) {
            _ = try json.read(read)
            return []
        } catch {
            return error.errors.map { "\($0.field): \($0.message)" }
        }
    }

    @Test func readsAGoodBody() throws {
        let body: JSON = [
            "topic": "Résumé", "kind": "support", "open": true, "tags": ["a", "b"],
            "offers": [["rate": 0], ["rate": 5, "note": "x"]],
        ]
        let request = try body.read(Request.init(fields:))
        #expect(request.topic == "Résumé")
        #expect(request.kind == .support)
        #expect(request.isOpen == true)
        #expect(request.tags == ["a", "b"])
        #expect(request.offers?.map(\.rate) == [0, 5])
        #expect(request.offers?.map(\.note) == [nil, "x"])
    }

    @Test func optionalFieldsMayBeAbsentOrNull() throws {
        let absent: JSON = ["topic": "a", "kind": "artistic"]
        let null: JSON = ["topic": "a", "kind": "artistic", "open": .null, "tags": .null, "offers": .null]
        for body in [absent, null] {
            let request = try body.read(Request.init(fields:))
            #expect(request.isOpen == nil)
            #expect(request.tags.isEmpty)
            #expect(request.offers == nil)
        }
    }

    @Test func reportsEverythingAtOnceWithItsPath() {
        let body: JSON = [
            "kind": "magic", "open": "yes", "tags": ["long tag", 5], "surplus": 1,
            "offers": [["rate": 1], ["rate": 101, "note": "", "fee": 3], "free", [:]],
        ]
        #expect(errors(body, Request.init(fields:)) == [
            "topic: Must be a text of 1 to 10 characters.",
            "kind: Must be one of \"artistic\", \"support\".",
            "open: Must be true or false.",
            "tags[0]: Must be a text of 1 to 3 characters.",
            "tags[1]: Must be a text of 1 to 3 characters.",
            "offers: Must be a list of 1 to 3 elements.",
            "surplus: Is not a field of this object.",
        ])
        let offers: JSON = [
            "topic": .null, "kind": "support", "offers": [["rate": 1], ["rate": 101, "note": "", "fee": 3], "free"],
        ]
        #expect(errors(offers, Request.init(fields:)) == [
            "topic: Must be a text of 1 to 10 characters.",
            "offers[1].rate: Must be an integer from 0 to 100.",
            "offers[1].note: Must be a text of 1 to 5 characters.",
            "offers[1].fee: Is not a field of this object.",
            "offers[2]: Must be an object.",
        ])
    }

    @Test("The body itself must be an object", arguments: [.null, 1, "x", [["topic": "a"]], true] as [JSON])
    func body(json: JSON) {
        #expect(errors(json, Request.init(fields:)) == [": Must be an object."])
    }

    @Test("Integers are exact", arguments: [
        ("5", true), ("5.0", true), ("5e0", true), ("0", true), ("10", true), ("5.5", false), ("11", false),
        ("-1", false), ("1e400", false), ("9223372036854775808", false), ("\"5\"", false), ("true", false),
        ("[5]", false), ("null", false),
    ])
    func integers(text: String, isAllowed: Bool) throws {
        let json: JSON = ["n": try JSON.parse(text)]
        let expected = isAllowed ? [] : ["n: Must be an integer from 0 to 10."]
        #expect(errors(json) { $0.required("n", .integer(in: 0...10)) } == expected)
    }

    @Test("Length counts Unicode scalars, at both ends", arguments: [
        ("", false), ("a", true), ("abc", true), ("abcd", false), ("😂😂😂", true), ("e\u{301}e\u{301}", false),
    ])
    func lengths(text: String, isAllowed: Bool) {
        #expect(errors(["t": .string(text)]) { $0.required("t", .text(length: 1...3)) }.isEmpty == isAllowed)
    }

    @Test func namesOfChoicesAndFieldsAreBytes() {
        enum Letter: String, CaseIterable { case k = "K" }
        #expect(errors(["l": "\u{212A}"]) { $0.required("l", .oneOf(Letter.self)) } == ["l: Must be one of \"K\"."])
        let found = errors(["K": 1, "\u{212A}": 1]) { $0.required("K", .integer(in: 0...1)) }
        #expect(found == ["\u{212A}: Is not a field of this object."])
    }

    @Test func patchTellsAbsentNullAndValueApart() throws {
        func change(_ body: JSON) throws -> FieldChange<String> { try body.read { $0.change("note", .text(length: 1...5)) } }
        #expect(try change([:]) == .keep)
        #expect(try change(["note": .null]) == .clear)
        #expect(try change(["note": "new"]) == .set("new"))
        #expect(throws: InvalidFields.self) { try change(["note": ""]) }

        func replacement(_ body: JSON) throws -> String? { try body.read { $0.replacement("topic", .text(length: 1...5)) } }
        #expect(try replacement([:]) == nil)
        #expect(try replacement(["topic": "new"]) == "new")
        #expect(throws: InvalidFields.self) { try replacement(["topic": .null]) }
    }

    @Test func customRulesAndCrossChecks() {
        let even = JSONRule("Must be even.", standIn: 0) { $0.int.flatMap { $0.isMultiple(of: 2) ? $0 : nil } }
        #expect(errors(["n": 3]) { $0.required("n", even) } == ["n: Must be even."])
        #expect(errors(["n": 2]) { $0.required("n", even) } == [])
        let read = { (fields: JSONFields) in
            let start = fields.required("start", .integer(in: 0...9))
            let end = fields.required("end", .integer(in: 0...9))
            if end < start { fields.refuse("end", "Must not be before start.") }
        }
        #expect(errors(["start": 3, "end": 2], read) == ["end: Must not be before start."])
        #expect(errors(["start": 3, "end": 3], read) == [])
    }

    @Test func namedFieldsCanBeIgnored() {
        let found = errors(["@context": "x", "type": 1, "other": 2]) { $0.ignore("@context", "type") }
        #expect(found == ["other: Is not a field of this object."])
    }

    @Test func hostileNamesAndCountsAreBounded() throws {
        let many = JSON.object(JSON.Object((0..<10_000).map { ("field\($0)", 0) }))
        #expect(errors(many) { _ in }.count == JSONFields.mostErrors)
        let name = String(repeating: "n", count: 100_000)
        let shown = String(repeating: "n", count: 64) + "…"
        #expect(errors([name: 1]) { _ in } == ["\(shown): Is not a field of this object."])
    }

    @Test("Lists at their limits", arguments: [(0, false), (1, true), (3, true), (4, false)])
    func lists(count: Int, isAllowed: Bool) {
        let list = JSON.array(Array(repeating: 1, count: count))
        #expect(errors(["l": list]) { $0.required("l", .list(of: .integer(in: 1...1), count: 1...3)) }.isEmpty == isAllowed)
    }
}
