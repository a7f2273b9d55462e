package import JSONTree
package import Wire

/// What a community tells of the mentors in its directory. Who they are is read at their own addresses.
extension Envelope {
    /// - Parameter revision: the directory's count with this change.
    package func add(mentor: URI, to directory: URI, revision: Int) -> JSON {
        change("Add", of: mentor, in: directory, revision: revision)
    }

    package func update(mentor: URI, in directory: URI, revision: Int) -> JSON {
        change("Update", of: mentor, in: directory, revision: revision)
    }

    package func remove(mentor: URI, from directory: URI, revision: Int) -> JSON {
        change("Remove", of: mentor, in: directory, revision: revision)
    }

    private func change(_ type: String, of mentor: URI, in directory: URI, revision: Int) -> JSON {
        activity(
            type, object: .string(mentor.string), context: Vocabulary.directoryContext,
            ["target": .string(directory.string), "mnt:revision": .int(revision)])
    }
}
