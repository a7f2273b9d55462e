import ActivityStreams
import JSONTree
import Testing
import Wire

@Suite struct PlaceDocumentTests {
    private let link = "https://meet.example/1"

    private func text(_ place: PlaceDocument) -> String {
        "\(place.medium) \(place.detail ?? "-") \(place.link?.string ?? "-")"
    }

    private func place(_ location: JSON, _ medium: String? = nil) -> PlaceDocument {
        PlaceDocument(
            of: ["location": location, "mnt:medium": medium.map { .string($0) } ?? .null],
            terms: MentoringTerms(contextOf: [:]))
    }

    @Test(
        "reads one location, the first of several, or what stands for one",
        arguments: [
            (["type": "VirtualLocation", "url": "https://meet.example/1"], "online - https://meet.example/1"),
            ([["type": "VirtualLocation", "name": "Call"], ["type": "Place", "name": "Hall"]], "online Call -"),
            ([["type": "Place", "name": "Hall"], ["type": "VirtualLocation"]], "inPerson Hall -"),
            (["type": ["x:Room", "Place"], "content": "<p>Hall</p>"], "inPerson Hall -"),
            (["type": "Place", "url": ["type": "Link", "href": "https://meet.example/1"]], "inPerson - https://meet.example/1"),
            (["name": "Hall"], "inPerson Hall -"), (["type": "Place", "nameMap": ["de": "Saal"]], "inPerson Saal -"),
            ("https://meet.example/1", "online - https://meet.example/1"), ("Room 5 <b>left</b>", "inPerson Room 5 left -"),
            (["type": "Place", "content": ""], "online - -"), (.null, "online - -"), ([], "online - -"), (5, "inPerson - -"), ([:], "inPerson - -"), ([[]], "inPerson - -"),
            (["type": "VirtualLocation", "url": "javascript:alert(1)"], "online - -"),
        ] as [(JSON, String)])
    func reads(location: JSON, place: String) {
        #expect(text(self.place(location)) == place)
    }

    @Test func nothingIsOnline() {
        #expect(PlaceDocument(of: [:], terms: MentoringTerms(contextOf: [:])) == PlaceDocument(medium: "online", detail: nil, link: nil))
    }

    @Test(
        "a known medium outweighs the type",
        arguments: [
            ("phone", "phone"), ("inPerson", "inPerson"), ("online", "online"), ("inperson", "online"), ("", "online"),
            ("fax", "online"),
        ])
    func media(named: String, medium: String) {
        #expect(self.place(["type": "VirtualLocation"], named).medium == medium)
    }

    @Test("survives the wire", arguments: ["online", "phone", "inPerson"])
    func survives(medium: String) throws {
        for detail in [nil, "Second floor, \"left\""] {
            let place = PlaceDocument(
                medium: medium, detail: detail, link: try Samples.uri(link), platform: "Jitsi", passcode: "4 8 15")
            #expect(self.place(place.json, medium) == place)
        }
    }

    @Test func oddValuesAreReadAsSomePlace() {
        for value in oddValues {
            for location in [value, ["type": value, "name": value, "url": value, "content": value], [value]] as [JSON] {
                let place = self.place(location, value.string)
                #expect(["online", "phone", "inPerson"].contains(place.medium))
                #expect(place.detail?.unicodeScalars.count ?? 0 <= 500)
            }
        }
    }
}
