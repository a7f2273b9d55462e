package import Foundation
package import Mentoring
package import PostgreSQL
import Social
import Store
package import Wire

/// Answering, cancelling and moving several dates of a series at once: all of them, or none.
extension SessionDesk {
    /// What one of the two wants of a series.
    package enum SeriesCommand: Sendable {
        /// The mentor takes every date that waits, but declines some. By the mentee: takes the times that the mentor has
        /// put forward.
        case accept(place: @Sendable (Session) -> Place?, note: String?, override: Bool, except: Set<Int>, Reason)
        /// Every date that waits. By the mentee: every time that the mentor has put forward.
        case decline(Reason)
        /// From a date on.
        case cancel(from: Int, Reason)
        /// From a date on, all by as much as that date, which begins at a time then; nil leaves their lengths. The mentor
        /// can only put it forward.
        case move(from: Int, to: Date, minutes: Int?, Reason?)
    }

    /// nil when there is no such series, or the actor is no party of it.
    ///
    /// - Throws: `SeriesConflict`, `InvalidFields`; then nothing has changed.
    package func perform(
        _ command: SeriesCommand, on series: UUID, by actor: ActorID, now: Date, in transaction: Transaction
    ) async throws -> Series? {
        guard let series = try await transaction.lockSeries(series), let role = series.role(of: actor) else { return nil }
        let dates = try await transaction.lockDates(of: series.id)
        let steps = try Self.steps(command, by: role, on: dates.map { SeriesDate($0.position, $0.session) }, series, now)
        guard !steps.isEmpty else { throw SeriesConflict(dates: nil) }
        try await perform(steps, on: series, as: role, now: now, in: transaction)
        return series
    }

    /// When the time of one date has come, lets every one that waits in vain expire, or reminds of all in one.
    func run(_ timer: SessionTimer, of series: Series, now: Date, in transaction: Transaction) async throws {
        let due = try await transaction.lockDates(of: series.id).filter { _, session in
            SessionTimer.next(for: session, now: now).map { $0.what == timer && $0.at <= now } ?? false
        }
        let steps = due.map { SeriesStep($0.position, $0.session, timer == .remind ? .remind : .expire) }
        try await perform(steps, on: series, as: .clock, now: now, in: transaction)
    }

    private func perform(
        _ steps: [SeriesStep], on series: Series, as role: Role, now: Date, in transaction: Transaction
    ) async throws {
        let id = community.addresses.activity(UUID())
        var failures: [SeriesConflict.Failure] = []
        for (index, step) in steps.enumerated() {
            var desk = self
            let parts = steps.filter { $0.action.label == step.action.label }
            desk.act = SeriesAct(
                id: id, series: series, parts: parts.count, slots: parts.sorted { $0.position < $1.position }.map(\.slot))
            do {
                let decision = try await desk.decide(
                    Command(step.action, activity: index == 0 ? id : nil), on: step.session, as: role, now: now,
                    in: transaction)
                if let refusal = decision.refusal, role != .clock {
                    failures.append(step.failure(.refused(refusal)))
                }
            } catch let refusal as TimeNotFree {
                failures.append(step.failure(.notFree(refusal)))
            } catch is PostgresError where !failures.isEmpty {
                // After a failure the database takes nothing more, and enough is known.
                break
            }
        }
        guard failures.isEmpty else {
            throw SeriesConflict(dates: failures.sorted { $0.position < $1.position })
        }
    }

    private static func steps(
        _ command: SeriesCommand, by role: Role, on dates: [SeriesDate], _ series: Series, _ now: Date
    ) throws -> [SeriesStep] {
        switch (command, role) {
        case (.accept(let place, let note, let override, let except, let reason), .mentor):
            let waiting = dates.filter { $0.session.status == .pending }
            guard !waiting.isEmpty else { return [] }
            let unknown = except.subtracting(waiting.map(\.position))
            guard unknown.isEmpty else {
                let numbers = waiting.map { String($0.position) }.joined(separator: ", ")
                throw InvalidFields([
                    FieldError(field: "except", message: "Dates that wait for you: \(numbers.isEmpty ? "none" : numbers).")
                ])
            }
            let taken = waiting.filter { !except.contains($0.position) }
            guard !taken.isEmpty else {
                throw InvalidFields([FieldError(field: "except", message: "Leave a date, or decline the series.")])
            }
            return taken.map {
                SeriesStep($0, .accept(place: place($0.session), note: note, override: override))
            } + waiting.filter { except.contains($0.position) }.map { SeriesStep($0, .decline(reason)) }
        case (.accept, _):
            return dates.compactMap { date in
                guard date.session.status.isOpen, let proposal = date.session.proposal, proposal.slots.count == 1,
                    let slot = proposal.slots.first
                else { return nil }
                return SeriesStep(
                    date, .reschedule(Move(of: date.session, to: slot, answering: proposal.activity)), at: slot)
            }
        case (.decline(let reason), .mentor):
            return dates.filter { $0.session.status == .pending }.map { SeriesStep($0, .decline(reason)) }
        case (.decline(let reason), _):
            return dates.filter { $0.session.status.isOpen && $0.session.proposal != nil }
                .map { SeriesStep($0, .declineProposal(of: nil, reason)) }
        case (.cancel(let from, let reason), _):
            return dates.filter { $0.isAhead(of: now, from) }.map { date in
                let declines = role == .mentor && date.session.status == .pending
                return SeriesStep(date, declines ? .decline(reason) : .cancel(reason))
            }
        case (.move(let from, let start, let minutes, let reason), _):
            return try moves(
                of: dates.filter { $0.isAhead(of: now, from) }, to: start, minutes, by: role, series, reason)
        }
    }

    /// Every date moves by as much as the first, as the wall clock of the series counts it. What goes to later times goes
    /// last date first, so that no date is in the way of the one before.
    private static func moves(
        of dates: [SeriesDate], to start: Date, _ minutes: Int?, by role: Role, _ series: Series, _ reason: Reason?
    ) throws -> [SeriesStep] {
        guard let first = dates.first?.session.slot else { return [] }
        // Who puts something forward says why.
        let reason = try role == .mentor ? reason ?? Reason(writing: "") : nil
        guard abs(start.timeIntervalSince(first.start)) <= SessionTimes.furthestStart else {
            throw InvalidFields([FieldError(field: "start", message: "Choose a time within the next two years.")])
        }
        let wall = WallShift(series.zone, for: dates.map(\.session.slot.start) + [start])
        let difference = wall.difference(from: first.start, to: start)
        let steps = try dates.enumerated().map { index, date in
            let before = date.session.slot
            let slot = Slot(
                start: index == 0 ? start : wall.moved(before.start, by: difference),
                minutes: minutes ?? before.minutes, zone: before.zone)
            guard let new = slot else {
                throw InvalidFields([FieldError(field: "start", message: "Use a time between 1970 and 9999.")])
            }
            let action = reason.map { SessionAction.propose([new], $0) } ?? .reschedule(Move(of: date.session, to: new))
            return SeriesStep(date, action, at: new)
        }
        return difference > 0 ? steps.reversed() : steps
    }
}

/// One date as it stands.
private struct SeriesDate {
    let position: Int
    let session: Session

    init(_ position: Int, _ session: Session) {
        self.position = position
        self.session = session
    }

    /// Whether it can still take place, and is none of those before a date.
    func isAhead(of now: Date, _ from: Int) -> Bool {
        position >= from && session.status.isOpen && session.slot.start > now
    }
}

/// What is done to one date.
private struct SeriesStep {
    let position: Int
    let session: Session
    let action: SessionAction
    /// Where it will be, if all goes well.
    let slot: Slot

    init(_ date: SeriesDate, _ action: SessionAction, at slot: Slot? = nil) {
        position = date.position
        session = date.session
        self.action = action
        self.slot = slot ?? date.session.slot
    }

    init(_ position: Int, _ session: Session, _ action: SessionAction) {
        self.init(SeriesDate(position, session), action)
    }

    func failure(_ reason: SeriesConflict.Reason) -> SeriesConflict.Failure {
        SeriesConflict.Failure(position: position, session: session, reason: reason)
    }
}
