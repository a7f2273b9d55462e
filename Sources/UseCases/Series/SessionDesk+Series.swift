package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
import Store
package import Wire

/// Asking for a series: every date is looked at first, and all of them are asked for, or none.
extension SessionDesk {
    /// - Throws: `InvalidFields` with everything that is wrong, or that one more is too many; `SeriesNotFree` where a
    ///   mentor of ours has no time on one of the dates. Of one elsewhere the other community answers.
    package func request(
        _ request: SeriesRequest, by mentee: Actor, of mentor: Actor, now: Date, in transaction: Transaction
    ) async throws -> Series {
        let terms = try await terms(of: mentor, askedBy: mentee, now: now, in: transaction)
        let catalogue = try await transaction.catalogue()
        let (checked, plan) = try request.checked(by: mentee.id, of: terms, catalogue: catalogue, now: now)
        try requireMentoring(of: mentor)
        try await requireOneMoreAsk(by: mentee.id, in: transaction)
        var holding = Holding.never
        if mentor.isLocal {
            try await transaction.lockCalendar(of: mentor.id)
            let findings = try await findings(
                for: plan, type: catalogue[checked.kind.name], of: mentor.id, for: mentee.id, now: now, in: transaction)
            guard !findings.contains(where: \.isNotFree) else { throw SeriesNotFree(findings: findings) }
            holding = try await transaction.holding(of: mentor.id) ?? .never
        } else {
            holding = try await transaction.profile(of: mentor.id)?.holding ?? .never
        }
        let id = UUID()
        let series = Series(
            id: id, uri: community.addresses.series(id), mentee: mentee.id, mentor: mentor.id,
            frequency: plan.frequency, zone: checked.slot.zone, count: plan.slots.count)
        try await transaction.insert(series, at: now)
        var desk = self
        let act = community.addresses.activity(UUID())
        desk.act = SeriesAct(id: act, series: series, parts: series.count, slots: plan.slots)
        // With the first date all are answered.
        let answerBy = plan.slots.first.map { SessionTimes.answerBy(since: now, slot: $0) }
        for (index, slot) in plan.slots.enumerated() {
            _ = try await desk.begin(
                checked.at(slot), of: mentor, holding: holding, answerBy: answerBy,
                invite: index == 0 ? act : community.addresses.activity(UUID()),
                place: SeriesPlace(series: series, position: index + 1), now: now, in: transaction)
        }
        return series
    }

    /// Whether a mentor of ours has time on the dates of a series; one who has set no hours has whenever no other session
    /// is agreed and no time kept for somebody else.
    package func findings(
        for plan: SeriesPlan, type: SessionType?, of mentor: ActorID, for asker: ActorID, now: Date,
        in store: some Queryable
    ) async throws -> [SeriesFinding] {
        let times = plan.dates.flatMap { [$0.planned, $0.wanted].compactMap(\.self) }.map(\.start)
        guard let type, let first = times.min(), let last = times.max() else { return [] }
        let search = try await store.slotSearch(
            of: mentor, type: type.name, minutes: plan.slots.first?.minutes ?? 0,
            in: first.addingTimeInterval(-8 * 86_400)..<last.addingTimeInterval(8 * 86_400), for: asker, now: now)
        if let search { return SeriesSearch(search, durations: type.durations).findings(for: plan) }
        var findings: [SeriesFinding] = []
        for date in plan.dates {
            var obstacle: Obstacle?
            if let slot = date.wanted {
                if try await !store.isFree(mentor, during: slot, except: UUID()) {
                    obstacle = .taken(.session)
                } else if try await store.isHeld(mentor, during: slot, for: asker, now: now) {
                    obstacle = .taken(.hold)
                }
            }
            let verdict: SeriesFinding.Verdict =
                date.wanted == nil ? .leftOut : obstacle.map { .notFree($0) } ?? .free
            findings.append(SeriesFinding(date, verdict))
        }
        return findings
    }

    /// What somebody can ask of a mentor by a series, in which nothing is wrong.
    package func checked(
        _ question: SeriesQuestion, by asker: Actor, of mentor: Actor, now: Date, in transaction: Transaction
    ) async throws -> (type: SessionType, plan: SeriesPlan) {
        let terms = try await terms(of: mentor, askedBy: asker, now: now, in: transaction)
        let checked = try question.checked(
            by: asker.id, of: terms, catalogue: try await transaction.catalogue(), now: now)
        try requireMentoring(of: mentor)
        return checked
    }

    /// Makes a session from elsewhere one of the dates of a series, as its owner says; what cannot be one stands for
    /// itself.
    func join(_ session: Session, to mark: SeriesMark?, now: Date, in transaction: Transaction) async throws {
        guard let mark, mark.uri.isSameOrigin(as: session.uri) else { return }
        try await transaction.lockAddress(mark.uri)
        let known = try await transaction.series(uri: mark.uri)
        let series = known ?? Series(
            id: UUID(), uri: mark.uri, mentee: session.mentee, mentor: session.mentor, frequency: mark.frequency,
            zone: session.slot.zone, count: mark.count)
        guard series.mentee == session.mentee, series.mentor == session.mentor, mark.position <= series.count else {
            return
        }
        if known == nil { try await transaction.insert(series, at: now) }
        _ = try await transaction.insert(SeriesPlace(series: series, position: mark.position), of: session.id)
    }
}
