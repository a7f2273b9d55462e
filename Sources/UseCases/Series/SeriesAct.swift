package import Mentoring
import PostgreSQL
import Store
package import Wire

/// What one person does to several dates of a series at once. People hear of it once, whichever of its parts comes first.
package struct SeriesAct: Sendable {
    /// The first of its activities, or of those that it answers.
    package let id: URI
    package let series: Series
    /// How many dates it concerns in the same way.
    package let parts: Int
    /// Their times, as far as they are known here.
    package let slots: [Slot]
    /// Whether this part is the one by which people hear of it.
    package internal(set) var speaks = true
}

extension SessionDesk {
    /// A desk at which what is done is a part of an act that came from elsewhere.
    func hearing(_ act: HeardAct?, of session: Session, in transaction: Transaction) async throws -> SessionDesk {
        guard let act, let place = try await transaction.seriesPlaces(of: [session.id])[session.id] else { return self }
        var desk = self
        desk.act = SeriesAct(id: act.id, series: place.series, parts: act.parts, slots: [])
        return desk
    }

    /// The act to which an event belongs. What the clock makes of one part is no part of it, but for a reminder and an
    /// expiry, which come to all dates alike.
    func act(of event: SessionEvent?, in transaction: Transaction) async throws -> SeriesAct? {
        guard var act, let event else { return act }
        if event.by == .clock {
            switch event.kind {
            case .expired, .reminded: break
            default: return nil
            }
        }
        act.speaks = try await transaction.isFirstPart(
            of: act.id, event.kind.label, on: act.series.id, parts: act.parts)
        return act
    }
}
