import ActivityStreams
import JSONTree
import Testing
import Wire

@Suite struct EventDocumentTests {
    private func event(_ key: String, _ value: JSON?) throws -> EventDocument? {
        try #require(PostDocument(try JSON.parse(PeerPosts.mobilizon).with(key, value))).event
    }

    @Test func needsAStartAlone() throws {
        #expect(try event("startTime", nil) == nil && event("startTime", "soon") == nil)
        #expect(try event("endTime", nil)?.end == nil && event("endTime", "2026-12-11T19:00:00Z")?.end == nil)
        let note = try JSON.parse(PeerPosts.mobilizon).with("type", "Note")
        #expect(try #require(PostDocument(note)).event == nil)
    }

    @Test(
        "zones are IANA names",
        arguments: [
            ("Europe/Berlin", "Europe/Berlin"), ("EST", nil), ("", nil), ("../../etc/passwd", nil),
            ("Mars/Olympus", nil), ("Europe/Berlin\u{0}", nil),
        ] as [(String, String?)])
    func zones(text: String, name: String?) throws {
        #expect(try event("timezone", .string(text))?.zone?.name == name)
        #expect(try event("timezone", 5)?.zone == nil)
    }

    @Test(
        "states have three names",
        arguments: [
            ("status", "CONFIRMED", .confirmed), ("status", "TENTATIVE", .tentative),
            ("status", "CANCELLED", .cancelled),
            ("ical:status", "CANCELLED", .cancelled), ("eventStatus", "EventCancelled", .cancelled),
            ("eventStatus", "EventPostponed", .tentative),
            ("eventStatus", "EventScheduled", .confirmed), ("status", "cancelled", nil), ("status", 5, nil),
        ] as [(String, JSON, EventDocument.Status?)])
    func states(key: String, value: JSON, status: EventDocument.Status?) throws {
        let document = try JSON.parse(PeerPosts.mobilizon).with("ical:status", nil).with(key, value)
        #expect(try #require(PostDocument(document)).event?.status == status)
    }

    @Test(
        "places have a name, an address, a link, or all",
        arguments: [
            ("The square", "The square", nil, false), ("https://meet.example/1", nil, "https://meet.example/1", true),
            (
                ["type": "VirtualLocation", "name": "Room", "url": "https://meet.example/1"], "Room",
                "https://meet.example/1", true
            ),
            (["type": "Place", "name": "Hall", "address": "Hall"], "Hall", nil, false),
            (
                ["type": "Place", "content": "<p>Hall</p><p>2nd floor</p>", "address": "Main St.<br>1"],
                "Hall 2nd floor, Main St. 1", nil, false
            ),
            (["type": "Place", "address": ["url": "https://meet.example/1"]], nil, "https://meet.example/1", false),
            ([[:], ["name": "Hall"]], "Hall", nil, false),
            (["name": ["Hall", "x"], "address": ["addressLocality": "Ulm"]], "Hall, Ulm", nil, false),
        ] as [(JSON, String?, String?, Bool)])
    func places(value: JSON, name: String?, link: String?, isVirtual: Bool) throws {
        let place = try #require(try event("location", value)?.place)
        #expect(place.name == name && place.link?.string == link && place.isVirtual == isVirtual)
    }

    @Test("nothing to show is no place", arguments: [.null, [], [:], 5, "", ["type": "Place"], [[[]]]] as [JSON])
    func noPlace(value: JSON) throws {
        #expect(try event("location", value)?.place == nil)
    }

    /// Mobilizon drops an Event whose location is a list.
    @Test func writesOneLocation() throws {
        let post = try #require(PostDocument(try JSON.parse(PeerPosts.gancio)))
        #expect(post.json["location"] == ["type": "Place", "name": "Circolo, Via Roma 1, Torino"])
        #expect(post.json["startTime"] == "2026-06-05T19:00:00Z" && post.json["endTime"] == nil)
    }
}
