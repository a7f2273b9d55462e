package import Foundation
package import Wire

/// The community that this server runs for: where it lives and what it lays down for its people.
package struct Community: Sendable {
    package let name: String
    package let origin: Origin
    package let addresses: Addresses
    /// Where online sessions meet; `{room}` is replaced by a random name per session. Without it mentors bring their
    /// own links.
    package let meetingTemplate: String?

    package init(name: String, origin: Origin, meetingTemplate: String?) {
        self.name = name
        self.origin = origin
        self.meetingTemplate = meetingTemplate
        self.addresses = Addresses(origin: origin)
    }

    /// The host that stands behind the `@` of our people's handles.
    package var domain: String { origin.authority }

    /// A meeting link for one session, nil when the community has no template.
    package func meetingLink(room: UUID) -> URI? {
        meetingTemplate.flatMap { URI($0.replacing("{room}", with: room.uuidString.lowercased())) }
    }
}
