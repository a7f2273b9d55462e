import ActivityStreams
import Foundation
import JSONTree
import Testing
import Wire

@Suite struct PollDocumentTests {
    private func poll(_ members: JSON) throws -> PollDocument? {
        var document = try JSON.parse(PeerPosts.mastodonPoll)
        for key in ["anyOf", "closed", "endTime", "votersCount"] { document = document.with(key, nil) }
        for (key, value) in try #require(members.object) { document = document.with(key, value) }
        return try #require(PostDocument(document)).poll
    }

    private let two: JSON = [["name": "a"], ["name": "b"]]

    @Test(
        "a question without options is a post without a poll",
        arguments: [[:], ["oneOf": []], ["oneOf": "x"], ["anyOf": [5, .null, [:]]]] as [JSON])
    func noOptions(members: JSON) throws {
        #expect(try poll(members) == nil)
    }

    @Test func onlyQuestionsHavePolls() throws {
        let note = try JSON.parse(PeerPosts.mastodonPoll).with("type", "Note")
        #expect(try #require(PostDocument(note)).poll == nil)
    }

    @Test func oneOfGoesBeforeAnyOf() throws {
        #expect(try poll(["oneOf": two, "anyOf": [["name": "c"]]])?.allowsSeveral == false)
        #expect(try poll(["oneOf": [], "anyOf": two])?.allowsSeveral == true)
        #expect(try poll(["anyOf": ["name": "only"]])?.options == [.init(name: "only", votes: nil)])
    }

    /// D10: Mastodon CVE-2026-23962.
    @Test func optionsAreCounted() throws {
        let options = JSON.array(
            (0..<5_000).map { ["name": .string("option \($0) " + String(repeating: "x", count: 300))] })
        let read = try #require(try poll(["oneOf": options]))
        #expect(read.options.count == 20 && read.options.allSatisfy { $0.name.unicodeScalars.count <= 200 })
    }

    /// D01
    @Test(
        "numbers are exact or absent",
        arguments: [
            ("3", 3), ("3.0", 3), ("1e2", 100), ("-0", 0), ("2147483647", 2_147_483_647), ("2147483648", nil),
            ("1.5", nil), ("1e400", nil),
            ("-1", nil), ("9223372036854775808", nil), ("-9223372036854775808", nil),
            ("1" + String(repeating: "0", count: 1_000), nil),
            ("\"3\"", nil), ("null", nil), ("[3]", nil), ("true", nil),
        ] as [(String, Int?)])
    func numbers(literal: String, count: Int?) throws {
        let value = try JSON.parse(literal)
        let read = try poll(["oneOf": [["name": "a", "replies": ["totalItems": value]]], "votersCount": value])
        #expect(read?.votersCount == count && read?.options.first?.votes == count)
    }

    @Test(
        "closed is a time or true",
        arguments: [
            ("2026-03-26T19:09:01Z", true, true), (true, true, false), (false, false, false), (.null, false, false),
            ("soon", false, false), (1, false, false),
        ] as [(JSON, Bool, Bool)])
    func closed(value: JSON, isClosed: Bool, hasTime: Bool) throws {
        let read = try #require(try poll(["oneOf": two, "closed": value]))
        #expect(read.isClosed == isClosed && (read.closedAt != nil) == hasTime)
        var object = try #require(PostDocument(try JSON.parse(PeerPosts.mastodonPoll)))
        object.poll = read
        #expect(PostDocument(object.json)?.poll?.isClosed == isClosed)
    }

    @Test func writesWhatMastodonReads() throws {
        var post = try #require(PostDocument(try JSON.parse(PeerPosts.mastodonPoll)))
        post.poll = PollDocument(
            options: [.init(name: "a", votes: nil), .init(name: "b", votes: 4)], allowsSeveral: false,
            endTime: post.published, votersCount: 4)
        #expect(
            post.json["oneOf"] == [
                ["type": "Note", "name": "a", "replies": ["type": "Collection", "totalItems": 0]],
                ["type": "Note", "name": "b", "replies": ["type": "Collection", "totalItems": 4]],
            ])
        #expect(post.json["anyOf"] == nil && post.json["closed"] == nil && post.json["votersCount"] == 4)
        #expect(post.json["endTime"] == "2026-03-19T19:09:01Z")
    }
}
