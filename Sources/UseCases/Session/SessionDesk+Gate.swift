package import Foundation
package import Mentoring
package import PostgreSQL
import Store
package import Wire

/// What a mentor of ours offers holds for whoever asks: people of this community hear at once that they cannot have a
/// time, those of others by an answer of the mentor's community.
extension SessionDesk {
    /// Why a mentor of ours does not have the time of a request or move that came from elsewhere: it went to others, or it
    /// is none of those that are offered.
    ///
    /// - Parameter reachesEveryDay: whether it does not matter how far ahead it is.
    func reasonAgainst(
        _ session: Session, reachesEveryDay: Bool = false, since before: Slot? = nil, now: Date,
        in transaction: Transaction
    ) async throws -> Reason? {
        let start = session.slot.start
        var search = try await transaction.slotSearch(
            of: session.mentor, type: session.kind.name, minutes: session.slot.minutes,
            in: start..<start.addingTimeInterval(1), for: session.mentee, except: session.id, now: now)
        let canBeFar = before.map { act != nil || search?.isBeyondReach($0.start) == true } ?? false
        search?.reachesEveryDay = reachesEveryDay || canBeFar
        guard let search else {
            let isHeld = try await transaction.isHeld(
                session.mentor, during: session.slot, for: session.mentee, except: session.id, now: now)
            if isHeld { return Reason(.taken) }
            // Who has set no hours offers every time but those of other sessions; a move waits all the same.
            guard before == nil else { return nil }
            let isFree = try await transaction.isFree(session.mentor, during: session.slot, except: session.id)
            return isFree ? nil : Reason(.taken)
        }
        if search.gravestClash(at: start) != nil { return Reason(.taken) }
        return search.obstacle(at: start) == nil ? nil : Reason(.scheduleConflict)
    }

    /// Keeps a request from elsewhere that the mentor does not take, and answers it at once.
    func turnAway(
        _ session: Session, _ event: SessionEvent, _ reason: Reason, of series: SeriesMark? = nil, now: Date,
        in transaction: Transaction
    ) async throws -> Reception {
        guard try await transaction.insert(session) else { return .dropped(.foreignEvent) }
        try await join(session, to: series, now: now, in: transaction)
        _ = try await transaction.insert(event, of: session.id)
        try await decide(Command(.decline(reason)), on: session, as: .clock, now: now, in: transaction)
        return .taken
    }

    /// Carries a decision out. Where a mentee elsewhere has moved a session to a time that the mentor neither offers nor
    /// had proposed, the mirror follows its owner, and then the mentor's side declines. Gives the last decision.
    func carryOutAtGate(
        _ decision: Decision, before: Session, cause: URI, now: Date, in transaction: Transaction
    ) async throws -> Decision {
        let carried = try await carryOut(decision, before: before, cause: cause, now: now, in: transaction)
        let after = decision.session
        guard case .rescheduled(let from, let to, _)? = decision.event?.kind, after.custody == .mirror,
            after.status == .pending, !from.isSameTime(as: to), !before.hasProposed(to),
            let reason = try await reasonAgainst(after, since: before.slot, now: now, in: transaction)
        else { return carried }
        return try await decide(Command(.decline(reason)), on: after, as: .clock, now: now, in: transaction)
    }
}

extension Session {
    /// Whether the mentor waits for an answer to a proposal of that time.
    func hasProposed(_ slot: Slot) -> Bool {
        proposal?.slots.contains { $0.isSameTime(as: slot) } ?? false
    }
}
