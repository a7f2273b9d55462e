import Foundation
import Social
import Testing
import Wire

@Suite struct CommunityTests {
    private let room = UUID()

    private func community(_ template: String?, port: Int = 443) -> Community {
        Community(
            name: "Ateneo", origin: Origin(scheme: .https, host: "a.example", port: port), meetingTemplate: template)
    }

    @Test func meetingLinkNamesTheRoom() {
        let name = room.uuidString.lowercased()
        let community = community("https://meet.example/{room}?lobby={room}")
        #expect(community.meetingLink(room: room)?.string == "https://meet.example/\(name)?lobby=\(name)")
        #expect(community.meetingLink(room: UUID()) != community.meetingLink(room: room))
    }

    @Test("without a usable template mentors bring their own link", arguments: [
        nil, "", "{room}", "meet.example/{room}", "javascript:{room}", "https://meet.example/{room}/{pin}",
        "https://meet.example/{room} x", "https://{room}@meet.example/",
    ])
    func noLink(template: String?) {
        #expect(community(template).meetingLink(room: room) == nil)
    }

    @Test func domainIsWhatStandsBehindTheAt() {
        #expect(community(nil).domain == "a.example")
        #expect(community(nil, port: 8443).domain == "a.example:8443")
    }
}

@Suite struct ActorTests {
    @Test("shows its name, else its username", arguments: [("Noor Haddad", "Noor Haddad"), ("", "noor")])
    func displayName(name: String, shown: String) throws {
        let uri = try #require(URI("https://b.example/users/noor"))
        let actor = Actor(
            id: ActorID(rawValue: 1), uri: uri, kind: .person, handle: Handle(name: "noor", domain: "b.example"),
            isLocal: false, name: name, summary: "", url: nil, inbox: uri, sharedInbox: nil, speaksMentoring: true,
            createdAt: Date(), fetchedAt: nil, goneAt: nil)
        #expect(actor.displayName == shown)
    }
}
