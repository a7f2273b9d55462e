import ActivityStreams
import JSONTree
import SeededRandom
import Testing
import Wire

/// Documents that nobody meant well with: nothing traps, and what is read keeps its bounds.
@Suite struct HostileDocumentTests {
    private static let fixtures =
        PeerPosts.all.map(\.text) + [
            PeerActors.mastodon, PeerActors.goToSocial, PeerActors.misskey, PeerActors.pleroma, PeerActors.friendica,
            PeerActors.mobilizonGroup, ProfileExamples.mentor,
        ]

    private func readEverything(_ document: JSON) {
        if let post = PostDocument(document, within: document) {
            #expect(post.isWithinBounds)
            #expect(PostDocument(post.json) != nil)
        }
        if let actor = ActorDocument(document) {
            #expect(
                actor.fields.count <= 16 && actor.aliases.count <= 16 && actor.keys.count <= 20
                    && !actor.json.serialized().isEmpty)
        }
        for key in ["replies", "likes", "attachment", "tag"] {
            if let collection = (document[key] ?? .null).list.first.flatMap(CollectionDocument.init) {
                #expect(collection.items.count <= 200)
            }
        }
        if let activity = try? ReceivedActivity(document) { #expect(activity.objects.count <= 20) }
        _ = KeyDocument.keys(of: document)
    }

    @Test("bytes at random places changed, taken out, doubled", arguments: 0..<20 as Range<UInt64>)
    func mutatedBytes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for fixture in Self.fixtures {
            for _ in 0..<20 {
                var bytes = Array(fixture.utf8)
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                    case 1: bytes[place] = Array("[]{}\",:0-e1.\\".utf8).randomElement(using: &random) ?? 0
                    case 2: bytes.remove(at: place)
                    default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 12)], at: place)
                    }
                }
                if let document = try? JSON.parse(bytes) { readEverything(document) }
            }
        }
    }

    @Test("values at random depths replaced by odd ones", arguments: 0..<20 as Range<UInt64>)
    func mutatedValues(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed &+ 1_000)
        for fixture in Self.fixtures {
            let document = try JSON.parse(fixture)
            for _ in 0..<20 { readEverything(mutated(mutated(document, &random), &random)) }
        }
    }

    private func mutated(_ value: JSON, _ random: inout SeededGenerator) -> JSON {
        let stops = Int.random(in: 0..<4, using: &random) == 0
        if let object = value.object, let member = object.randomElement(using: &random), !stops {
            return value.with(member.key, mutated(member.value, &random))
        }
        if var array = value.array, !array.isEmpty, !stops {
            let place = Int.random(in: 0..<array.count, using: &random)
            array[place] = mutated(array[place], &random)
            return .array(array)
        }
        return oddValues.randomElement(using: &random) ?? .null
    }

    /// D01: each number of the social documents.
    @Test(
        "numbers out of all bounds",
        arguments: ["1.5", "1e400", "-0", "9223372036854775808", "-9223372036854775808", "1e-400", "NaN", "\"1\""])
    func numbers(literal: String) {
        let text = """
            {"id":"https://a.example/1","type":"Question","attributedTo":"https://a.example/b","votersCount":\(literal),
            "oneOf":[{"name":"x","replies":{"totalItems":\(literal)}}],"attachment":[{"type":"Image","url":"https://a.example/i",
            "width":\(literal),"height":\(literal),"focalPoint":[\(literal),\(literal)]}]}
            """
        if let document = try? JSON.parse(text) { readEverything(document) }
    }

    /// D02 and D07 end before there is a document.
    @Test(
        "what no parser should let through is no document",
        arguments: [
            #"{"id":"https://a.example/1","type":"Note","attributedTo":"https://a.example/b","name":"a\u0000b"}"#,
            #"{"id":"https://a.example/1","type":"Note","attributedTo":"https://a.example/b","name":"\ud800"}"#,
            #"{"id":"https://a.example/1","type":"Note","type":"Note","attributedTo":"https://a.example/b"}"#,
            String(repeating: "[", count: 100_000), String(repeating: #"{"object":"#, count: 100_000),
            #"{"id":"https://a.example/1","tag":"# + String(repeating: "[", count: 40)
                + String(repeating: "]", count: 40) + "}",
        ])
    func noDocument(text: String) {
        #expect(throws: JSONError.self) { try JSON.parse(text) }
    }

    /// As deep as the parser lets through.
    @Test func nestedAsDeepAsAllowed() throws {
        for key in [
            "type", "attributedTo", "tag", "attachment", "url", "to", "inReplyTo", "location", "oneOf", "replies",
            "content",
        ] {
            for (open, close) in [("[", "]"), (#"{"url":"#, "}"), (#"{"id":"#, "}"), (#"{"first":"#, "}")] {
                let nest = String(repeating: open, count: 30) + "1" + String(repeating: close, count: 30)
                readEverything(try JSON.parse(PeerPosts.mobilizon).with(key, try JSON.parse(nest)))
            }
        }
    }

    /// D10: a document of a hundred thousand values is refused whole, one at the limit is read quickly.
    @Test func floodsAreRefusedOrCut() throws {
        let options = String(repeating: #"{"name":"x"},"#, count: 100_000) + #"{"name":"x"}"#
        #expect(throws: JSONError.self) { try JSON.parse(#"{"oneOf":[\#(options)]}"#) }
        let strings = JSON.strings((0..<9_000).map { "https://a.example/\($0)" })
        let post = try JSON.parse(PeerPosts.mobilizon)
        let clock = ContinuousClock()
        let time = clock.measure {
            for key in ["to", "cc", "tag", "attachment", "url", "type", "attributedTo", "location", "inReplyTo"] {
                readEverything(post.with(key, strings))
            }
        }
        #expect(time < .seconds(5))
    }
}
