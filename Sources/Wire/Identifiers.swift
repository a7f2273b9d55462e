/// The database's number of an actor, local or remote. Never leaves the server.
package struct ActorID: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The database's number of a post. Sorts by the time of arrival here; clients see it as a decimal string.
package struct PostID: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The database's number of a file that somebody here uploaded; clients see it as a decimal string.
package struct MediaID: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}
