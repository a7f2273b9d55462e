import Wire

extension EventDetails {
    /// When and where in one sentence: `Tue 8 Sep 2026, 18:00 (Europe/Berlin), Hall 2`.
    package var text: String {
        [(zone ?? .utc).text(of: start), place].compactMap(\.self).joined(separator: ", ")
    }
}
