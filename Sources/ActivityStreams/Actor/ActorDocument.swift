package import Foundation
package import Wire

/// An actor as other servers see it (ActivityPub section 4), with the mentoring profile where there is one.
package struct ActorDocument: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case application = "Application", group = "Group", organization = "Organization", person = "Person",
            service = "Service"
    }

    /// A row of the table in a profile (`PropertyValue`).
    package struct Field: Equatable, Sendable {
        /// Plain text.
        package var name: String
        /// HTML, as it came and not cleaned.
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package var id: URI
    package var kind: Kind
    package var username: String
    /// The handle's host where the actor names it itself (FEP-2c59), without `acct:`.
    package var webfinger: String?
    package var name: String
    /// HTML, as it came; plain text becomes paragraphs when written.
    package var summary: String
    package var url: URI?
    package var inbox: URI
    package var sharedInbox: URI?
    package var outbox: URI?
    package var followers: URI?
    package var following: URI?
    package var published: Date?
    package var updated: Date?
    package var icon: ImageDocument?
    /// The wide picture at the top of a profile.
    package var image: ImageDocument?
    /// What people say of themselves in a table, without what the mentoring profile adds when it is written.
    package var fields: [Field]
    package var hashtags: [Tags.Hashtag]
    package var emojis: [Tags.Emoji]
    /// `alsoKnownAs`: other actors that this one says to be. Proven only where they say the same.
    package var aliases: [URI]
    package var movedTo: URI?
    package var manuallyApprovesFollowers: Bool
    package var isDiscoverable: Bool
    package var isIndexable: Bool
    package var isSuspended: Bool
    package var isMemorial: Bool
    /// The collection of pinned posts.
    package var featured: URI?
    /// `mnt:directory`: where a community lists its mentors; on its own actor.
    package var directory: URI?
    package var keys: [KeyDocument]
    /// URIs of capabilities that the actor's server lists (FEP-844e).
    package var capabilities: [String]
    package var mentor: MentorDocument?

    /// - Parameter isDiscoverable: where it is not said, mentors are.
    package init(
        id: URI, kind: Kind, username: String, webfinger: String?, name: String, summary: String, url: URI?, inbox: URI,
        sharedInbox: URI?, outbox: URI?, followers: URI?, following: URI?, published: Date?, keys: [KeyDocument],
        capabilities: [String], mentor: MentorDocument?, updated: Date? = nil, icon: ImageDocument? = nil,
        image: ImageDocument? = nil, fields: [Field] = [], hashtags: [Tags.Hashtag] = [], emojis: [Tags.Emoji] = [],
        aliases: [URI] = [], movedTo: URI? = nil, manuallyApprovesFollowers: Bool = true, isDiscoverable: Bool? = nil,
        isIndexable: Bool = false, isSuspended: Bool = false, isMemorial: Bool = false, featured: URI? = nil,
        directory: URI? = nil
    ) {
        self.id = id
        self.kind = kind
        self.username = username
        self.webfinger = webfinger
        self.name = name
        self.summary = summary
        self.url = url
        self.inbox = inbox
        self.sharedInbox = sharedInbox
        self.outbox = outbox
        self.followers = followers
        self.following = following
        self.published = published
        self.updated = updated
        self.icon = icon
        self.image = image
        self.fields = fields
        self.hashtags = hashtags
        self.emojis = emojis
        self.aliases = aliases
        self.movedTo = movedTo
        self.manuallyApprovesFollowers = manuallyApprovesFollowers
        self.isDiscoverable = isDiscoverable ?? (mentor != nil)
        self.isIndexable = isIndexable
        self.isSuspended = isSuspended
        self.isMemorial = isMemorial
        self.featured = featured
        self.directory = directory
        self.keys = keys
        self.capabilities = capabilities
        self.mentor = mentor
    }

    package var speaksMentoring: Bool { capabilities.contains(Vocabulary.mentoringCapability) || mentor != nil }
}
