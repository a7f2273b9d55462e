package import Wire

/// What another community says of several dates of a series that somebody there changed at once.
package struct HeardAct: Hashable, Sendable {
    /// The first of its activities.
    package let id: URI
    /// How many dates it concerns in the same way.
    package let parts: Int

    package init(id: URI, parts: Int) {
        self.id = id
        self.parts = parts
    }
}
