import ActivityStreams
import JSONTree
import Testing

@Suite struct OutcomeDocumentTests {
    private func read(_ outcome: JSON?) -> OutcomeDocument? {
        OutcomeDocument(["type": "Event", "mnt:outcome": outcome], terms: Samples.terms)
    }

    @Test("survives the wire", arguments: [(true, true, 45), (true, false, 0), (false, true, nil)] as [(Bool, Bool, Int?)])
    func survives(mentee: Bool, mentor: Bool, minutes: Int?) {
        let outcome = OutcomeDocument(menteeAttended: mentee, mentorAttended: mentor, minutes: minutes)
        #expect(read(outcome.json) == outcome)
    }

    @Test("without both attendances nothing is told", arguments: [
        nil, .null, [], 5, [:], ["mnt:requesterAttended": true], ["mnt:requesterAttended": true, "mnt:mentorAttended": 1],
        ["mnt:requesterAttended": "true", "mnt:mentorAttended": true], ["requesterAttended": true, "mentorAttended": true],
        [["mnt:requesterAttended": true, "mnt:mentorAttended": true]],
    ] as [JSON?])
    func nothingTold(outcome: JSON?) {
        #expect(read(outcome) == nil)
    }

    @Test("minutes are an integer or none", arguments: [
        ("45", 45), ("45.0", 45), ("-3", -3), ("45.5", nil), ("1e400", nil), ("\"45\"", nil), ("[45]", nil),
        ("1" + String(repeating: "0", count: 1_000), nil),
    ] as [(String, Int?)])
    func minutes(text: String, minutes: Int?) throws {
        let json = OutcomeDocument(menteeAttended: true, mentorAttended: true, minutes: nil).json
        let outcome = try #require(read(json.with("mnt:minutes", JSON.parse(text))))
        #expect(outcome.minutes == minutes)
    }
}
