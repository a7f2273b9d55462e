import ActivityStreams
import JSONTree
import Testing
import Wire

@Suite struct AddressingTests {
    private let followers = URI("https://a.example/users/mika/followers")

    /// Federation profile 4.1: the first that applies.
    @Test(
        "addressees amount to a visibility",
        arguments: [
            (["https://www.w3.org/ns/activitystreams#Public"], [], .everyone), (["as:Public"], [], .everyone),
            (["Public"], [], .everyone),
            (["https://a.example/users/mika/followers"], ["as:Public"], .unlisted), ([], ["Public"], .unlisted),
            (["https://a.example/users/mika/followers"], [], .followers),
            ([], ["https://a.example/users/mika/followers"], .followers),
            (["https://b.example/users/noor"], [], .direct), ([], [], .direct),
            (["https://b.example/users/noor/followers"], [], .direct),
            (["https://www.w3.org/ns/activitystreams#public"], [], .direct),
            (["https://A.example/users/mika/followers"], [], .direct),
        ] as [([String], [String], Reach)])
    func visibilities(to: [String], cc: [String], visibility: Reach) {
        #expect(Addressing(["to": .strings(to), "cc": .strings(cc)]).visibility(followers: followers) == visibility)
        #expect(Addressing(to: to, cc: cc).visibility(followers: followers) == visibility)
        let withoutCollection = Addressing(to: to, cc: cc).visibility(followers: nil)
        #expect(withoutCollection == (visibility == .followers ? .direct : visibility))
    }

    @Test("a visibility is written so that it reads the same", arguments: Reach.allCases)
    func roundTrip(visibility: Reach) throws {
        let followers = try #require(followers)
        let noor = try Samples.uri("https://b.example/users/noor")
        let addressing = Addressing(visibility, followers: followers, people: [noor])
        #expect(addressing.visibility(followers: followers) == visibility && addressing.recipients.contains(noor))
        #expect(addressing.recipients.contains(followers) == (visibility != .direct))
    }

    @Test func readsOneOrManyAndAtMostHundred() {
        let read = Addressing([
            "to": "Public", "cc": [["id": "https://b.example/1"], 5, .null, "", "https://b.example/2"],
        ])
        #expect(read == Addressing(to: [Vocabulary.everybody], cc: ["https://b.example/1", "https://b.example/2"]))
        let many = JSON.strings((0..<5_000).map { "https://b.example/\($0)" })
        #expect(Addressing(["to": many, "cc": many]).recipients.count == 100)
        #expect(Addressing(["to": .string(String(repeating: "x", count: 2049))]).isEmpty)
        for value in oddValues { #expect(Addressing(["to": value, "cc": value]).to.count <= 100) }
    }

    @Test func recipientsAreActorsAndCollectionsOnce() {
        let addressing = Addressing(
            to: ["as:Public", "https://b.example/1", "nobody"], cc: ["https://b.example/1", "https://b.example/2"])
        #expect(addressing.recipients.map(\.string) == ["https://b.example/1", "https://b.example/2"])
    }
}
