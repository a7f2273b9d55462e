import ActivityStreams
import Mentoring
import Wire

// A series of the domain as the wire has it, and back.

extension SeriesDocument {
    init(_ place: SeriesPlace) {
        self.init(
            id: place.series.uri, position: place.position, count: place.series.count,
            frequency: place.series.frequency.wireName)
    }

    /// nil where it makes no sense: then the Event stands for itself.
    var mark: SeriesMark? {
        Frequency(wireName: frequency).flatMap { SeriesMark(uri: id, position: position, count: count, frequency: $0) }
    }
}

extension Frequency {
    var wireName: String { self == .everyTwoWeeks ? "everyTwoWeeks" : rawValue }

    init?(wireName: String) {
        guard let frequency = Self.allCases.first(where: { $0.wireName == wireName }) else { return nil }
        self = frequency
    }
}

extension ReceivedActivity {
    /// Of what its sender says it is a part.
    var act: HeardAct? {
        guard let act = ActDocument(document, terms: terms), Series.dates.contains(act.parts) else { return nil }
        return HeardAct(id: act.id, parts: act.parts)
    }
}
