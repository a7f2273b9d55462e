package import Foundation
package import Wire

/// The community that this server runs for: where it lives and what it lays down for its people.
package struct Community: Sendable {
    package let name: String
    package let origin: Origin
    package let addresses: Addresses
    /// Where online sessions meet; `{room}` in it is replaced by a random name per session. nil: mentors bring their own
    /// links.
    package let meetingTemplate: String?
    /// The host that stands behind the `@` of our people's handles.
    package let domain: String

    /// - Parameter domain: where handles are at another host than everything else, which has to pass questions about
    ///   them on to this one (RFC 7033 section 7).
    package init(name: String, origin: Origin, meetingTemplate: String?, domain: String? = nil) {
        self.name = name
        self.origin = origin
        self.meetingTemplate = meetingTemplate
        self.addresses = Addresses(origin: origin)
        self.domain = domain ?? origin.authority
    }

    /// Whether a handle with this host is one of ours, in either spelling.
    package func isOwn(domain: String) -> Bool { domain == self.domain || domain == origin.authority }

    /// A meeting link for one session, nil when the community has no template.
    package func meetingLink(room: UUID) -> URI? {
        meetingTemplate.flatMap { URI($0.replacing("{room}", with: room.uuidString.lowercased())) }
    }
}
