import Testing

@testable import JSONTree

@Suite struct JSONAccessTests {
    private let activity: JSON = [
        "type": "Create", "to": "https://a.example/", "cc": ["https://b.example/", 5], "bto": .null, "duration": 45,
        "rate": .double(12.5),
        "sensitive": false, "object": ["name": "Noor", "id": ["nested": true]],
    ]

    @Test func readsWhatIsThere() {
        #expect(activity["type"]?.string == "Create")
        #expect(activity["duration"]?.int == 45)
        #expect(activity["duration"]?.double == 45)
        #expect(activity["rate"]?.double == 12.5)
        #expect(activity["rate"]?.number?.literal == "12.5")
        #expect(activity["sensitive"]?.bool == false)
        #expect(activity["bto"]?.isNull == true)
        #expect(activity["object"]?["name"]?.string == "Noor")
        #expect(activity["object"]?["id"]?["nested"]?.bool == true)
        #expect(activity["cc"]?.array?.count == 2)
        #expect(activity["object"]?.object?.map(\.key) == ["name", "id"])
    }

    @Test("Another type counts as absent", arguments: [.null, true, 1, "text", [1], ["a": 1]] as [JSON])
    func wrongTypes(value: JSON) {
        let found = [
            value.bool != nil, value.number != nil, value.string != nil, value.array != nil, value.object != nil, value.isNull,
        ]
        #expect(found.filter { $0 }.count == 1)
        #expect((value.int != nil) == (value.number != nil))
        #expect((value.double != nil) == (value.number != nil))
        #expect((value["a"] != nil) == (value.object != nil))
    }

    @Test func oneOrSeveral() {
        #expect(activity["to"].list == ["https://a.example/"])
        #expect(activity["cc"].list == ["https://b.example/", 5])
        #expect(activity["object"].list.count == 1)
        #expect(activity["bto"].list == [])
        #expect(activity["bcc"].list == [])
        #expect(JSON.null.list == [])
    }

    @Test func stringsEqualByBytes() {
        #expect(JSON.string("K") != .string("\u{212A}"))
        #expect(JSON.string("\u{E9}") != .string("e\u{301}"))
        #expect(JSON.string("é") == .string("é"))
    }

    @Test func literals() {
        let absent: String? = nil
        let present: String? = "x"
        let json: JSON = [
            "a": absent.map(JSON.string), "b": present.map(JSON.string), "c": .null, "d": nil,
            "e": .strings(["p", "q"]),
            "f": .int(3), "g": .double(0.5), "h": [1, true, .null, [], [:]],
        ]
        #expect(json.serializedText() == #"{"b":"x","c":null,"e":["p","q"],"f":3,"g":0.5,"h":[1,true,null,[],{}]}"#)
    }
}
