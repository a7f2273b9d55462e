package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
import Store
import Wire

/// The calendars that people have elsewhere: named, removed, read again when they want it. Only their owner ever sees
/// them.
package struct MentorCalendars: Sendable {
    private let database: Pool

    package init(database: Pool) { self.database = database }

    package enum Addition: Sendable {
        case added(OutsideCalendar)
        /// As many as one can have are there.
        case tooMany
        /// One of the same address is.
        case known(OutsideCalendar)
    }

    package func all(of owner: Account) async throws -> [OutsideCalendar] {
        try await database.calendars(of: owner.actor.id)
    }

    /// Answers before anything is read; that is a job of the same transaction.
    ///
    /// - Throws: `InvalidFields` with everything that is wrong.
    package func add(_ draft: CalendarDraft, of owner: Account, now: Date) async throws -> Addition {
        let checked = try draft.checked()
        return try await database.transaction { transaction in
            try await transaction.lockOutsideCalendars(of: owner.actor.id)
            let present = try await transaction.calendars(of: owner.actor.id)
            if let known = present.first(where: { $0.address == checked.address }) { return .known(known) }
            guard present.count < OutsideCalendar.most else { return .tooMany }
            let calendar = try await transaction.insert(
                checked, of: owner.actor.id, at: OutsideCalendar.turn(at: now))
            try await RefreshCalendar.schedule(calendar, isAsked: true, in: transaction)
            return .added(calendar)
        }
    }

    /// False when there is none of this number.
    package func remove(_ id: Int64, of owner: Account) async throws -> Bool {
        try await database.transaction { transaction in
            guard try await transaction.deleteCalendar(id, of: owner.actor.id) else { return false }
            try await MentorSupply.renew(owner.actor.id, in: transaction)
            return true
        }
    }

    package enum Refreshing: Sendable {
        case begun(OutsideCalendar)
        /// It was read a moment ago; in so many seconds it can be again.
        case tooSoon(TimeInterval)
    }

    /// Has it read out of turn; nil when there is none of this number.
    package func refresh(_ id: Int64, of owner: Account, now: Date) async throws -> Refreshing? {
        try await database.transaction { transaction in
            guard let calendar = try await transaction.lockOutsideCalendar(id), calendar.owner == owner.actor.id else {
                return nil
            }
            // It waits for its turn already.
            if calendar.nextTryAt <= now { return .begun(calendar) }
            let last = calendar.lastTriedAt ?? .distantPast
            let wait = OutsideCalendar.shortestPause - now.timeIntervalSince(last)
            guard wait <= 0 else { return .tooSoon(wait) }
            let asked = calendar.asked(at: now)
            try await transaction.update(asked)
            try await RefreshCalendar.schedule(asked, isAsked: true, in: transaction)
            return .begun(asked)
        }
    }
}
