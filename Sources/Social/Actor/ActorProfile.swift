package import Wire

/// What an actor says of itself beyond its name, as its page and its document show it.
package struct ActorProfile: Hashable, Sendable {
    package var icon: Attachment?
    package var header: Attachment?
    package var fields: [ProfileField]
    /// Whether posts may be found by searching.
    package var isIndexable: Bool
    /// Other addresses of the same person, which the person gave.
    package var aliases: [URI]
    package var isMemorial: Bool
    package var outbox: URI?
    package var following: URI?
    /// The collection of posts that the actor shows first.
    package var featured: URI?

    package init(
        icon: Attachment? = nil, header: Attachment? = nil, fields: [ProfileField] = [], isIndexable: Bool = false,
        aliases: [URI] = [], isMemorial: Bool = false, outbox: URI? = nil, following: URI? = nil, featured: URI? = nil
    ) {
        self.icon = icon
        self.header = header
        self.fields = fields
        self.isIndexable = isIndexable
        self.aliases = aliases
        self.isMemorial = isMemorial
        self.outbox = outbox
        self.following = following
        self.featured = featured
    }
}

/// A row of the table on a profile. The value is HTML, clean, of actors elsewhere and plain text of ours.
package struct ProfileField: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
