package import Wire

/// Where a mentor stands among all: on shelves by how they answer, on each in the order in which they became known.
package struct ShelfPlace: Hashable, Sendable {
    package let shelf: Int
    package let mentor: ActorID

    package init(shelf: Int, mentor: ActorID) {
        self.shelf = shelf
        self.mentor = mentor
    }

    /// `2-117`, for whoever pages.
    package var text: String { "\(shelf)-\(mentor.rawValue)" }

    package init?(_ text: String) {
        guard let (shelf, mentor) = PlaceText.read(text, within: 0...7) else { return nil }
        self.init(shelf: Int(shelf), mentor: mentor)
    }
}
