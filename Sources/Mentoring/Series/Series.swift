package import Foundation
package import Wire

/// Several sessions that were asked for at once and follow one rhythm. Each of its dates is a session like every other;
/// this is what they have in common.
package struct Series: Hashable, Sendable {
    package static let dates = 2...52

    package let id: UUID
    /// Names it between communities; at the origin of the mentee's, who began it.
    package let uri: URI
    package let mentee: ActorID
    package let mentor: ActorID
    package let frequency: Frequency
    /// In which its times of the wall clock are meant.
    package let zone: TimeZoneName
    /// How many dates were asked for.
    package let count: Int

    package init(
        id: UUID, uri: URI, mentee: ActorID, mentor: ActorID, frequency: Frequency, zone: TimeZoneName, count: Int
    ) {
        self.id = id
        self.uri = uri
        self.mentee = mentee
        self.mentor = mentor
        self.frequency = frequency
        self.zone = zone
        self.count = count
    }

    /// nil for everybody who is no party of it.
    package func role(of actor: ActorID) -> Role? {
        actor == mentee ? .mentee : actor == mentor ? .mentor : nil
    }
}

/// Which date of a series a session is.
package struct SeriesPlace: Hashable, Sendable {
    package let series: Series
    /// From 1.
    package let position: Int

    package init(series: Series, position: Int) {
        self.series = series
        self.position = position
    }
}

/// What another community says of the series that a request belongs to.
package struct SeriesMark: Hashable, Sendable {
    package let uri: URI
    package let position: Int
    package let count: Int
    package let frequency: Frequency

    /// nil where it cannot be: then the request stands for itself.
    package init?(uri: URI, position: Int, count: Int, frequency: Frequency) {
        guard Series.dates.contains(count), (1...count).contains(position) else { return nil }
        self.uri = uri
        self.position = position
        self.count = count
        self.frequency = frequency
    }
}
