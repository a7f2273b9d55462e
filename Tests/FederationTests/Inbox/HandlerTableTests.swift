import Social
import Testing
import UseCases
import Wire

@testable import Federation

struct HandlerTableTests {
    /// What `schemas/fep-mentoring-sessions.md` documents, and nothing else.
    static let documented: Set = [
        "Invite{Event}", "Create{Event}", "Accept{Invite}", "Accept{Event}", "Accept{id}", "Reject{Invite}", "Reject{Event}",
        "Reject{id}", "Reject{Offer}", "Reject{Update}", "Reject{Accept}", "Update{Event}", "Offer{Event}", "Delete{Tombstone}",
        "Delete{Event}", "Delete{Accept}", "Delete{id}", "Undo{Accept}", "Undo{Invite}", "Undo{id}", "Leave{Event}",
        "Leave{id}", "TentativeAccept{Invite}", "TentativeAccept{Event}", "TentativeAccept{id}",
        "TentativeReject{Invite}", "TentativeReject{Event}", "TentativeReject{id}", "Join{Event}", "Join{id}",
    ]

    private func handlers() throws -> [any ActivityHandler] {
        let origin = Origin(scheme: .https, host: "a.example", port: 443)
        let community = Community(name: "A", origin: origin, meetingTemplate: nil)
        return sessionHandlers(community: community, desk: SessionDesk(community: community, consequences: []))
    }

    @Test func servesWhatIsDocumented() throws {
        #expect(Set(HandlerTable(try handlers()).patterns.map(\.description)) == Self.documented)
    }

    @Test("Requests and answers that come again are heard again, because our reply may have been lost")
    func hearsRepetitions() throws {
        let heard = try handlers().filter(\.hearsRepetitions).flatMap(\.patterns).map(\.activity)
        #expect(Set(heard) == ["Invite", "Create", "Accept", "Reject", "TentativeAccept", "TentativeReject", "Join"])
    }
}
