import Federation
import Foundation
import Mentoring
import PostgreSQL
import Social
import Store
import Wire

/// Whether a mentor of another community has time on the dates of a series, as far as that community tells.
struct RemoteSeries {
    let database: Pool
    let times: RemoteTimes

    /// Where nothing can be learned every date is unknown: that community answers the request all the same.
    func findings(
        for plan: SeriesPlan, type: SessionType, of mentor: Actor, for asker: ActorID, now: Date
    ) async throws -> [SeriesFinding] {
        let audience = try await database.profile(of: mentor.id)?.audience ?? .anyone
        let catalogue = try await database.catalogue()
        var starts: [Int: [Date]] = [:]
        let wanted = Set(plan.slots.map(\.minutes))
        func learn(_ minutes: Int) async throws {
            starts[minutes] = try await self.starts(minutes, plan, type, catalogue, mentor, audience, asker, now)
        }
        do {
            for minutes in wanted { try await learn(minutes) }
            let findings = SeriesTimes(starts).findings(for: plan)
            let longest = findings.filter(\.isNotFree).compactMap(\.date.wanted?.minutes).max() ?? 0
            for minutes in type.durations where minutes < longest && !wanted.contains(minutes) { try await learn(minutes) }
        } catch is RemoteTimes.Failure {
            // What is known by now is told.
        }
        return SeriesTimes(starts).findings(for: plan)
    }

    private func starts(
        _ minutes: Int, _ plan: SeriesPlan, _ type: SessionType, _ catalogue: Catalogue, _ mentor: Actor,
        _ audience: Audience, _ asker: ActorID, _ now: Date
    ) async throws -> [Date] {
        var found: [Date] = []
        let today = now.addingTimeInterval(-86_400)
        for window in SeriesTimes.windows(of: plan) {
            guard let zone = plan.dates.first?.planned.zone else { break }
            let question = try SlotQuestionDraft(
                type: type.name, minutes: minutes, zone: zone.name, from: window.from.description,
                to: window.to.description
            ).checked(offers: nil, catalogue: catalogue, now: today)
            guard let starts = try await times.starts(of: mentor, audience: audience, question, for: asker) else { break }
            // Nobody tells times beyond the first hundred days in which there are none.
            if starts.isEmpty, !found.isEmpty { break }
            found += starts
        }
        return found
    }
}
