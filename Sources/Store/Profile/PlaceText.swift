import Wire

/// How places in an order are written for whoever pages: where, and who stands there.
enum PlaceText {
    static func read(_ text: String, within range: ClosedRange<Int64>) -> (Int64, ActorID)? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let place = Int64(parts[0]), range.contains(place), let mentor = Int64(parts[1]), mentor > 0
        else { return nil }
        return (place, ActorID(rawValue: mentor))
    }
}
