package import JSONTree
package import Wire

/// How far a post reaches by its addressees.
package enum Reach: CaseIterable, Sendable {
    case everyone, unlisted, followers, direct
}

/// `to` and `cc` of an object or activity: addresses of actors and collections, and ``Vocabulary/everybody``.
package struct Addressing: Equatable, Sendable {
    package var to: [String]
    package var cc: [String]

    package init(to: [String], cc: [String] = []) {
        self.to = to
        self.cc = cc
    }

    /// What Mastodon and others write for a visibility (federation profile 4.1).
    ///
    /// - Parameters:
    ///   - followers: the author's collection.
    ///   - people: who is mentioned or otherwise meant; each once.
    package init(_ visibility: Reach, followers: URI, people: [URI] = []) {
        let people = people.map(\.string)
        switch visibility {
        case .everyone: self.init(to: [Vocabulary.everybody], cc: [followers.string] + people)
        case .unlisted: self.init(to: [followers.string], cc: [Vocabulary.everybody] + people)
        case .followers: self.init(to: [followers.string], cc: people)
        case .direct: self.init(to: people)
        }
    }

    /// Reads at most 100 addressees of each; every spelling of everybody becomes the whole IRI.
    package init(_ document: JSON) {
        self.init(to: Self.addressees(document["to"]), cc: Self.addressees(document["cc"]))
    }

    private static func addressees(_ value: JSON?) -> [String] {
        value.list.prefix(100).compactMap { $0.string ?? $0["id"]?.string }
            .filter { (1...URI.maximumLength).contains($0.utf8.count) }
            .map { Vocabulary.isEverybody($0) ? Vocabulary.everybody : $0 }
    }

    package var isEmpty: Bool { to.isEmpty && cc.isEmpty }

    /// Addressees that are neither everybody nor malformed, in their order, each once.
    package var recipients: [URI] {
        var known: Set<URI> = []
        return (to + cc).compactMap { Vocabulary.isEverybody($0) ? nil : URI($0) }.filter { known.insert($0).inserted }
    }

    /// What the addressees amount to, as Mastodon reads them: the first that applies.
    ///
    /// - Parameter followers: the author's collection; nil where it publishes none.
    package func visibility(followers: URI?) -> Reach {
        if to.contains(where: Vocabulary.isEverybody) { return .everyone }
        if cc.contains(where: Vocabulary.isEverybody) { return .unlisted }
        guard let followers else { return .direct }
        return (to + cc).contains { $0.utf8.elementsEqual(followers.string.utf8) } ? .followers : .direct
    }

    func write(to object: inout JSON.Object) {
        object["to"] = .strings(to)
        object["cc"] = .strings(cc)
    }
}
