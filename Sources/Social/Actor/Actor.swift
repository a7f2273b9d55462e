package import Foundation
package import Wire

/// Somebody who acts, here or elsewhere, as this community knows them.
package struct Actor: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case application = "Application", group = "Group", organization = "Organization", person = "Person",
            service = "Service"
    }

    package let id: ActorID
    package let uri: URI
    package let kind: Kind
    package let handle: Handle
    /// Whether the actor is of this community.
    package let isLocal: Bool
    package let name: String
    /// Clean HTML for remote actors; plain text for ours.
    package let summary: String
    package let url: URI?
    package let inbox: URI
    package let sharedInbox: URI?
    /// Whether the actor's server understands mentoring sessions.
    package let speaksMentoring: Bool
    package let createdAt: Date
    package let fetchedAt: Date?
    /// When the account was deleted.
    package let goneAt: Date?
    /// When its document last changed.
    package let updatedAt: Date
    /// The collection that stands for the actor's followers among addressees.
    package let followers: URI?
    /// Whether the actor decides about each follower.
    package let isLocked: Bool
    package let isDiscoverable: Bool
    package let movedTo: ActorID?
    package let movedAt: Date?
    /// When the actor's own server suspended it.
    package let suspendedAt: Date?

    package init(
        id: ActorID, uri: URI, kind: Kind, handle: Handle, isLocal: Bool, name: String, summary: String, url: URI?,
        inbox: URI, sharedInbox: URI?, speaksMentoring: Bool, createdAt: Date, fetchedAt: Date?, goneAt: Date?,
        updatedAt: Date? = nil, followers: URI? = nil, isLocked: Bool = false, isDiscoverable: Bool = false,
        movedTo: ActorID? = nil, movedAt: Date? = nil, suspendedAt: Date? = nil
    ) {
        self.id = id
        self.uri = uri
        self.kind = kind
        self.handle = handle
        self.isLocal = isLocal
        self.name = name
        self.summary = summary
        self.url = url
        self.inbox = inbox
        self.sharedInbox = sharedInbox
        self.speaksMentoring = speaksMentoring
        self.createdAt = createdAt
        self.fetchedAt = fetchedAt
        self.goneAt = goneAt
        self.updatedAt = updatedAt ?? createdAt
        self.followers = followers
        self.isLocked = isLocked
        self.isDiscoverable = isDiscoverable
        self.movedTo = movedTo
        self.movedAt = movedAt
        self.suspendedAt = suspendedAt
    }

    /// The name to show: what the actor calls itself, else the username.
    package var displayName: String { name.isEmpty ? handle.name : name }
}
