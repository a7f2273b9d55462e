package import Wire

/// What another community tells of one mentor in its directory.
package struct DirectoryChange: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case added = "Add", changed = "Update", removed = "Remove"
    }

    /// Changes of a directory are counted up to here; what is beyond is as if it were not there.
    package static let mostRevisions = 1 << 53

    package let kind: Kind
    package let mentor: URI
    /// The directory's count with this change; nil where its server counts none.
    package let revision: Int?

    package init(_ kind: Kind, _ mentor: URI, revision: Int?) {
        self.kind = kind
        self.mentor = mentor
        self.revision = revision
    }

    /// What a change does to the count up to which a directory is known.
    package enum Step: Equatable, Sendable {
        /// Exactly the next: that far it is known from now on.
        case next(Int)
        /// Heard before, or of a time that a whole reading covers.
        case known
        /// Something in between was missed, or nothing was read yet: the directory has to be read.
        case gap
        /// Their server does not count.
        case uncounted
    }

    package func step(from known: Int?) -> Step {
        guard let revision else { return .uncounted }
        guard let known else { return .gap }
        if revision <= known { return .known }
        return revision == known + 1 ? .next(revision) : .gap
    }
}
