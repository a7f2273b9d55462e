import JSONTree
import TestSupport
import Testing

/// What holds our documents against their schemas notices what is wrong with them.
struct JSONSchemaTests {
    static let like: JSON = [
        "@context": "https://www.w3.org/ns/activitystreams", "id": "https://a.example/activities/1", "type": "Like",
        "actor": "https://a.example/users/ann", "to": ["https://b.example/users/ben"], "cc": [],
        "published": "2026-01-02T03:04:05Z", "object": "https://b.example/notes/1",
    ]

    static let changes: [(String, JSON?)] = [
        ("type", "Announce"), ("id", nil), ("id", "urn:1"), ("id", 5),
        ("actor", "https://a.example/users/ann/followers"),
        ("to", []), ("to", ["https://b.example/users/ben", "https://b.example/users/ben"]), ("cc", nil),
        ("published", "2026-01-02"), ("object", ["id": "https://b.example/notes/1"]), ("content", "x"),
        ("@context", "https://w3id.org/security/v1"),
    ]

    @Test func findsWhatIsWrong() throws {
        let schema = try JSONSchema()
        #expect(schema.errors(in: Self.like, as: "post/like") == [])
        for (name, value) in Self.changes {
            var like = Self.like.object ?? [:]
            like[name] = value
            #expect(!schema.errors(in: .object(like), as: "post/like").isEmpty, "\(name): \(value ?? .null)")
        }
        #expect(!schema.errors(in: Self.like, as: "post/none").isEmpty)
    }

    static let rules: [(schema: String, right: String, wrong: String)] = [
        (#"{"oneOf":[{"type":"integer"},{"minimum":2}]}"#, "1", "2"),
        (#"{"not":{"type":"string"}}"#, "1", #""1""#),
        (
            #"{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}"#, #"{"c":1}"#,
            #"{"a":1,"c":1}"#
        ),
        (#"{"prefixItems":[{"type":"string"}],"items":{"type":"integer"}}"#, #"["a",1]"#, #"["a","b"]"#),
        (#"{"dependentRequired":{"a":["b"]}}"#, #"{"b":1}"#, #"{"a":1}"#),
        (#"{"properties":{"a":true},"additionalProperties":false}"#, #"{"a":1}"#, #"{"b":1}"#),
        (#"{"allOf":[{"properties":{"a":true}}],"unevaluatedProperties":false}"#, #"{"a":1}"#, #"{"b":1}"#),
        (#"{"propertyNames":{"maxLength":1}}"#, #"{"a":1}"#, #"{"aa":1}"#),
        (#"{"uniqueItems":true,"maxItems":2}"#, "[1,2]", "[1,1]"), (#"{"pattern":"^a+$"}"#, #""aa""#, #""ab""#),
        (#"{"enum":[1,null]}"#, "null", "2"), (#"{"anyOf":[false,{"const":3}]}"#, "3", "4"),
    ]

    @Test(arguments: rules)
    func appliesEachKeyword(schema: String, right: String, wrong: String) throws {
        let held = try JSONSchema(schema)
        #expect(held.errors(in: try json(right)) == [])
        #expect(!held.errors(in: try json(wrong)).isEmpty)
    }

    @Test func knowsWhatItDoesNotKnow() throws {
        #expect(try !JSONSchema(#"{"contains":{}}"#).errors(in: []).isEmpty)
    }
}
