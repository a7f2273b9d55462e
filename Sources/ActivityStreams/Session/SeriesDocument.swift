package import JSONTree
package import Wire

/// Which date of which series an Event is. Whoever does not know of series sees an Event like every other.
package struct SeriesDocument: Equatable, Sendable {
    /// The same for all dates; names no document.
    package var id: URI
    /// From 1.
    package var position: Int
    package var count: Int
    package var frequency: String

    package init(id: URI, position: Int, count: Int, frequency: String) {
        self.id = id
        self.position = position
        self.count = count
        self.frequency = frequency
    }

    package init?(_ event: JSON, terms: MentoringTerms) {
        guard let series = terms.value("series", of: event), let id = series.uri,
            let position = terms.value("position", of: series)?.int, let count = terms.value("count", of: series)?.int,
            let frequency = terms.word("frequency", of: series)
        else { return nil }
        self.init(id: id, position: position, count: count, frequency: frequency)
    }

    package var json: JSON {
        [
            "id": .string(id.string), "mnt:position": .int(position), "mnt:count": .int(count),
            "mnt:frequency": .string(frequency),
        ]
    }
}

/// Tells which activities are one act of their sender, about several dates of a series.
package struct ActDocument: Equatable, Sendable {
    /// The first of the activities.
    package var id: URI
    /// How many of the same kind there are.
    package var parts: Int

    package init(id: URI, parts: Int) {
        self.id = id
        self.parts = parts
    }

    package init?(_ activity: JSON, terms: MentoringTerms) {
        guard let act = terms.value("act", of: activity), let id = act.uri,
            let parts = terms.value("parts", of: act)?.int
        else { return nil }
        self.init(id: id, parts: parts)
    }

    package var json: JSON { ["id": .string(id.string), "mnt:parts": .int(parts)] }
}
