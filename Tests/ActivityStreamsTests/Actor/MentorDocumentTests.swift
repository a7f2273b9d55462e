import ActivityStreams
import JSONTree
import Testing

@Suite struct MentorDocumentTests {
    private func mentor(_ change: (JSON) -> JSON = { $0 }) throws -> MentorDocument? {
        try #require(ActorDocument(change(try Samples.actor().json))).mentor
    }

    @Test func survivesTheWire() throws {
        #expect(try mentor() == Samples.mentor)
    }

    @Test("without a status there is no profile", arguments: [nil, .null, 5, "", [], true] as [JSON?])
    func notAMentor(status: JSON?) throws {
        #expect(try mentor { $0.with("mnt:mentorStatus", status) } == nil)
    }

    @Test("only open is open", arguments: [("open", true), ("waitlist", false), ("closed", false), ("OPEN", false)])
    func status(text: String, isOpen: Bool) throws {
        #expect(try mentor { $0.with("mnt:mentorStatus", .string(text)) }?.isOpen == isOpen)
    }

    @Test func listsAreCutAndOddEntriesDropped() throws {
        let long = JSON.string(String(repeating: "x", count: 201))
        let many = try mentor {
            $0.with("mnt:expertise", .array(Array(repeating: "sql", count: 5_000)))
                .with("mnt:languages", ["de", 5, .null, long, ["x"]])
                .with("mnt:offers", .array(Array(repeating: ["mnt:sessionKind": "artistic"], count: 5_000)))
        }
        #expect(many?.expertise.count == 50 && many?.offers.count == 50 && many?.languages == ["de"])
        let single = try mentor { $0.with("mnt:expertise", "sql").with("mnt:languages", nil).with("mnt:offers", "x") }
        #expect(single?.expertise == ["sql"] && single?.languages == [] && single?.offers == [])
    }

    @Test func offersNeedAKindAndShowItWithoutALabel() throws {
        let offers: JSON = [
            ["mnt:sessionKind": "artistic"], ["mnt:sessionKindLabel": "No kind"], 5,
            ["mnt:sessionKind": .string(String(repeating: "x", count: 101))],
            ["mnt:sessionKind": "panel", "mnt:sessionKindLabel": "Panel\u{202E}\r\n discussion", "mnt:pricing": "alwaysFree"],
        ]
        #expect(
            try mentor { $0.with("mnt:offers", offers) }?.offers == [
                .init(kind: "artistic", kindLabel: "artistic", isAlwaysFree: false, rate: nil),
                .init(kind: "panel", kindLabel: "Panel discussion", isAlwaysFree: true, rate: nil),
            ])
    }

    @Test func isMirroredForSoftwareThatKnowsNoMentoring() throws {
        let json = try Samples.actor().json
        #expect(json["tag"].list.map { $0["name"]?.string } == ["#sql", "#DataCareers"])
        #expect(
            json["attachment"].list.map { "\($0["name"]?.string ?? ""): \($0["value"]?.string ?? "")" } == [
                "Mentor for: sql, data careers (de, tr)",
                "Sessions: Support: free; Artistic: 20.00 EUR per session",
            ])
        #expect(json["discoverable"] == true)
    }

    @Test func mirroredFieldsAreEscapedAndNeverEmpty() throws {
        var actor = try Samples.actor()
        actor.mentor?.expertise = ["<script>", "c++", "!!"]
        actor.mentor?.offers = []
        #expect(actor.json["tag"].list.map { $0["name"]?.string } == ["#script", "#c"])
        #expect(
            actor.json["attachment"].list.map { $0["value"]?.string }
                == ["&lt;script&gt;, c++, !! (de, tr)"])
        actor.mentor?.expertise = []
        actor.mentor?.languages = []
        #expect(actor.json["attachment"] == [] && actor.json["tag"] == [])
    }
}
