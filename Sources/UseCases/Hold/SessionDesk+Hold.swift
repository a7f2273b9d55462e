package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
import Store
package import Wire

/// Times that are kept: for minutes while somebody writes, and while a request waits for its answer.
///
/// Everything that keeps a time decides under the lock of the mentor's calendar, as everything does that agrees on one.
extension SessionDesk {
    /// More times at once than one person can keep while writing.
    package struct TooManyHolds: Error {}

    /// Keeps a time that a mentor of ours offers while its holder writes the request, in place of what they kept of
    /// that mentor before.
    ///
    /// - Throws: `InvalidFields` with everything that is wrong; `TimeNotFree`; `TooManyHolds`.
    package func hold(
        _ request: HoldRequest, by asker: Actor, of mentor: Actor, now: Date, in transaction: Transaction
    ) async throws -> HeldTime {
        let held = try request.checked(
            by: asker.id, of: try await terms(of: mentor, askedBy: asker, now: now, in: transaction),
            catalogue: try await transaction.catalogue(), id: UUID(), now: now)
        guard let slot = Slot(start: held.start, minutes: held.minutes, zone: .utc) else {
            throw StoreError.unreadable("slot")
        }
        try await transaction.lockHolds(of: asker.id)
        try await transaction.lockCalendar(of: mentor.id)
        try await transaction.releaseHold(of: asker.id, with: mentor.id)
        guard try await transaction.holds(of: asker.id, now: now) < HoldRequest.mostOfOnePerson else {
            throw TooManyHolds()
        }
        try await requireOffer(of: slot, type: held.type, by: mentor.id, for: asker.id, now: now, in: transaction)
        guard try await transaction.isFree(mentor.id, during: slot, except: held.id) else {
            throw TimeNotFree(.taken(.session))
        }
        try await keep(held, now: now, in: transaction)
        return held
    }

    /// Whether a session's new time is nobody else's, neither agreed with them nor kept for them, and for how long it
    /// is kept then: as its mentor wants it.
    ///
    /// - Parameter isFree: whether the mentor has no other session at that time.
    func prospect(
        of slot: Slot, for session: Session, isFree: Bool, now: Date, in transaction: Transaction
    ) async throws -> (isFree: Bool, holding: Holding) {
        guard session.custody != .owner else {
            return (isFree, try await transaction.profile(of: session.mentor)?.holding ?? .never)
        }
        let isHeld = try await transaction.isHeld(
            session.mentor, during: slot, for: session.mentee, except: session.id, now: now)
        guard isFree, !isHeld else { return (false, .never) }
        return (true, try await transaction.holding(of: session.mentor) ?? .never)
    }

    /// Brings what is kept for a session in line with it.
    func keepTime(of session: Session, now: Date, in transaction: Transaction) async throws {
        guard session.custody != .owner else { return }
        try await transaction.releaseTime(of: session.id)
        guard let held = session.heldTime(id: UUID(), now: now) else { return }
        // A request takes the place of what its holder kept while writing it.
        try await transaction.releaseHold(of: session.mentee, with: session.mentor)
        try await keep(held, now: now, in: transaction)
    }

    private func keep(_ held: HeldTime, now: Date, in transaction: Transaction) async throws {
        do {
            try await transaction.insert(held, now: now)
        } catch let error as PostgresError where error.isDoubleHolding {
            throw TimeNotFree(.taken(.hold))
        }
    }

    /// What stands in the way of a session that a mentor of ours accepts, until the mentor overrides it: sessions that
    /// are nearer than the mentor's limits let them be, and what is kept for others. Hours and caps are the mentor's
    /// own: who accepts has seen them.
    func clash(with session: Session, now: Date, in transaction: Transaction) async throws -> TakenTime? {
        guard session.custody != .owner else { return nil }
        let start = session.slot.start
        let search = try await transaction.slotSearch(
            of: session.mentor, type: session.kind.name, minutes: session.slot.minutes,
            in: start..<start.addingTimeInterval(1), for: session.mentee, except: session.id, now: now)
        return search?.gravestClash(at: start)
    }
}
