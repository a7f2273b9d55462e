package import Calendars
package import Foundation
import JSONTree
package import Jobs
import Keys
package import Logging
import Mentoring
package import PostgreSQL
import Social
import Store
import Wire

/// Reads one calendar and writes the job of the next time. A job that is no longer right finds nothing to do; what made
/// it so has written another.
package struct RefreshCalendar: JobHandler {
    package static let kind = "calendar.refresh"

    private let database: Pool
    private let fetcher: CalendarFetcher
    private let reader: CalendarReader
    private let voice: CommunityVoice
    private let doorway: Doorway
    private let logger: Logger

    /// - Parameter doorway: how many are read at once, once they are fetched. Each takes a processor.
    package init(
        database: Pool, fetcher: CalendarFetcher, reader: CalendarReader, voice: CommunityVoice,
        doorway: Doorway = Doorway(inside: 2, waiting: 16, patience: .seconds(20)), logger: Logger
    ) {
        self.database = database
        self.fetcher = fetcher
        self.reader = reader
        self.voice = voice
        self.doorway = doorway
        self.logger = logger
    }

    /// - Parameter isAsked: whether it is read even if its owner takes no requests.
    static func schedule(
        _ calendar: OutsideCalendar, isAsked: Bool = false, in transaction: Transaction
    ) async throws {
        let at = DateTime.format(calendar.nextTryAt)
        try await JobQueue().enqueue(
            NewJob(
                kind: kind,
                payload: ["calendar": .string(String(calendar.id)), "at": .string(at), "asked": .bool(isAsked)],
                key: "\(calendar.id) \(at)", lane: "calendars", priority: isAsked ? 100 : 150,
                dueAt: isAsked ? nil : calendar.nextTryAt),
            in: transaction)
    }

    /// Makes sure that each calendar that should have been read has its job, whatever became of the one before.
    package static func resume(on database: Pool, now: Date) async throws {
        try await database.transaction { transaction in
            for calendar in try await transaction.calendarsDue(before: now.addingTimeInterval(-3600)) {
                try await schedule(calendar, in: transaction)
            }
        }
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let id = job.payload["calendar"]?.string.flatMap({ Int64($0) }),
            let at = job.payload["at"]?.string.flatMap(DateTime.parse)
        else { return .dead(reason: "payload names no calendar and time") }
        // The queue goes by the database's clock, which may be ahead of this machine's.
        let now = max(DateTime.cutToMilliseconds(Date()), at)
        do {
            try await refresh(id, dueAt: at, isAsked: job.payload["asked"]?.bool ?? false, now: now)
            return .done
        } catch {
            logger.warning("calendar not refreshed", metadata: ["calendar": "\(id)", "error": "\(error)"])
            return .retry(after: .seconds(60), reason: "\(error)")
        }
    }

    private func refresh(_ id: Int64, dueAt: Date, isAsked: Bool, now: Date) async throws {
        guard let calendar = try await database.calendar(id), calendar.nextTryAt == dueAt else { return }
        let profile = try await database.profile(of: calendar.owner)
        guard isAsked || profile?.isAccepting == true else {
            return try await save(calendar.postponed(at: now, dice: dice), dueAt: dueAt)
        }
        let zone = try await database.availability(of: calendar.owner)?.zone ?? profile?.zone ?? .utc
        switch await read(calendar, zone, now: now) {
        case .unchanged: try await save(calendar.unchanged(at: now, dice: dice), dueAt: dueAt)
        case .read(let busy, let copy):
            let next = calendar.read(copy, unreadable: busy.unreadable, dice: dice)
            try await save(next, busy.times.map(Self.dates), dueAt: dueAt)
        case .failed(let failure):
            logger.info(
                "calendar cannot be read",
                metadata: ["calendar": "\(id)", "host": "\(calendar.address.host)", "reason": "\(failure.sentence)"])
            let next = calendar.failed(failure, at: now, dice: dice)
            let tells = next.isToBeTold(of: failure)
            try await save(tells ? next.told : next, dueAt: dueAt) { transaction in
                guard tells, let owner = try await transaction.actor(id: next.owner) else { return }
                try await voice.say(Self.words(next, zone), to: owner, at: now, in: transaction)
            }
        }
    }

    private var dice: Double { .random(in: 0..<1) }

    private static func dates(_ time: Range<Int>) -> Range<Date> {
        Date(timeIntervalSince1970: Double(time.lowerBound))..<Date(timeIntervalSince1970: Double(time.upperBound))
    }
}

extension RefreshCalendar {
    private enum Reading {
        case unchanged
        case read(BusyTimes, OutsideCalendar.Copy)
        case failed(CalendarFailure)
    }

    private func read(_ calendar: OutsideCalendar, _ zone: TimeZoneName, now: Date) async -> Reading {
        let fresh = calendar.copy.flatMap { $0.isFresh(in: zone, at: now) ? $0 : nil }
        switch await fetcher.fetch(calendar.address, unless: fresh, now: now) {
        case .unchanged: return .unchanged
        case .failed(let failure): return .failed(failure)
        case .text(let bytes, let etag, let modified):
            let digest = Digest.sha256(bytes)
            if digest == fresh?.digest { return .unchanged }
            let copy = OutsideCalendar.Copy(etag: etag, modified: modified, digest: digest, zone: zone, readAt: now)
            let second = Int(now.timeIntervalSince1970)
            let time = second - OutsideCalendar.daysBehind * 86_400..<second + OutsideCalendar.daysAhead * 86_400
            guard await doorway.enter() else { return .failed(CalendarFailure(.unavailable)) }
            defer { doorway.leave() }
            do throws(CalendarRefusal) {
                return .read(try await reader.busyTimes(of: bytes, CalendarQuestion(zone: zone, time: time)), copy)
            } catch {
                return .failed(CalendarFailure(error))
            }
        }
    }

    /// Writes how it went, unless the calendar is gone or somebody has had it read meanwhile.
    private func save(
        _ next: OutsideCalendar, _ times: [Range<Date>]? = nil, dueAt: Date,
        and tell: (Transaction) async throws -> Void = { _ in }
    ) async throws {
        try await database.transaction { transaction in
            guard try await transaction.lockOutsideCalendar(next.id)?.nextTryAt == dueAt else { return }
            try await transaction.update(next)
            if let times {
                try await transaction.save(busyTimes: times, of: next.id)
                try await MentorSupply.renew(next.owner, in: transaction)
            }
            try await Self.schedule(next, in: transaction)
            try await tell(transaction)
        }
    }

    private static func words(_ calendar: OutsideCalendar, _ zone: TimeZoneName) -> String {
        let known =
            calendar.lastGoodAt.map {
                """
                It was read for the last time on \(zone.text(of: $0)). What it said then still keeps people from \
                booking these times; what has changed since is not known here.
                """
            } ?? "It has never been read: nothing in it keeps people from booking a time."
        return """
            Your calendar “\(calendar.name)” at \(calendar.address.host) cannot be read. \(calendar.problem ?? "")

            \(known)

            It is tried again by itself. If its address is no longer right, remove it and add it anew.
            """
    }
}
