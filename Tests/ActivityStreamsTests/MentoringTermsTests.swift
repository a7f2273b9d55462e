import ActivityStreams
import JSONTree
import Testing

@Suite struct MentoringTermsTests {
    private func value(context: JSON?, _ key: String) -> JSON? {
        let document = (["@context": context] as JSON).with(key, 7)
        return MentoringTerms(contextOf: document).value("revision", of: document)
    }

    @Test("terms are found as mnt: and as whole IRIs, whatever the context", arguments: [
        nil, .null, "https://www.w3.org/ns/activitystreams", [], 5, [:], [["mnt": "https://other.example/ns#"]],
        Vocabulary.sessionContext, Vocabulary.actorContext,
    ] as [JSON?])
    func usualSpellings(context: JSON?) {
        #expect(value(context: context, "mnt:revision") == 7)
        #expect(value(context: context, "https://w3id.org/mentoring/ns#revision") == 7)
        #expect(value(context: context, "revision") == nil)
        #expect(value(context: context, "m:revision") == nil)
    }

    @Test("terms are found under a prefix of the context's own", arguments: [
        ["m": "https://w3id.org/mentoring/ns#"], [["m": "https://w3id.org/mentoring/ns#"]],
        ["https://www.w3.org/ns/activitystreams", ["x": "https://x.example/#", "m": "https://w3id.org/mentoring/ns#"]],
        [["m": ["@id": "https://w3id.org/mentoring/ns#", "@prefix": true]]],
        [5, .null, [], ["a": 5, "b": .null, "m": "https://w3id.org/mentoring/ns#"]],
    ] as [JSON])
    func ownPrefix(context: JSON) {
        #expect(value(context: context, "m:revision") == 7)
        #expect(value(context: context, "mnt:revision") == 7)
    }

    @Test("another namespace is not ours", arguments: [
        "https://w3id.org/mentoring/ns", "https://w3id.org/mentoring/ns#v1", "http://w3id.org/mentoring/ns#",
        "https://W3id.org/mentoring/ns#", "https://w3id.org/mentoring/ns/",
    ])
    func otherNamespaces(namespace: String) {
        #expect(value(context: ["m": .string(namespace)], "m:revision") == nil)
    }

    @Test func nullIsAbsentAndTheNextSpellingCounts() {
        let document: JSON = ["mnt:revision": .null, "https://w3id.org/mentoring/ns#revision": 2]
        let terms = MentoringTerms(contextOf: document)
        #expect(terms.value("revision", of: document) == 2)
        #expect(terms.value("state", of: document) == nil)
        #expect(terms.value("revision", of: "text") == nil)
    }

    /// Each prefix costs a look-up for each term of each object.
    @Test func aContextOfPrefixesIsBounded() {
        let prefixes = JSON.object(JSON.Object((0..<5_000).map { ("p\($0)", .string(Vocabulary.mentoring)) }))
        #expect(value(context: prefixes, "p0:revision") == 7)
        #expect(value(context: prefixes, "p4999:revision") == nil)
        #expect(value(context: .array(Array(repeating: prefixes, count: 100)), "mnt:revision") == 7)
    }
}
