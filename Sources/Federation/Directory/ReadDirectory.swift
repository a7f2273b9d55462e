package import Foundation
package import Jobs
import JSONTree
package import Logging
import Outbound
package import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// Asks one community whose mentors are to be found here what there is to ask: its directory, where that may have
/// changed, the documents of the mentors who are new or changed, and when they have time next.
package struct ReadDirectory: JobHandler {
    package static let kind = Neighbours.readingKind
    /// Documents that are fetched in one go. Another go follows.
    static let mostMentors = 200

    private let database: Pool
    private let reader: DirectoryReader
    private let actors: RemoteActors
    private let times: NextTimes
    private let patience: Duration
    private let pause: TimeInterval
    private let logger: Logger

    /// - Parameters:
    ///   - patience: after this time nothing more is asked for of mentors in one go.
    ///   - pause: seconds between two readings of one directory, however often it is in doubt.
    package init(
        database: Pool, reader: DirectoryReader, actors: RemoteActors, times: NextTimes,
        patience: Duration = .seconds(20), pause: TimeInterval = 5, logger: Logger
    ) {
        self.database = database
        self.reader = reader
        self.actors = actors
        self.times = times
        self.patience = patience
        self.pause = pause
        self.logger = logger
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let number = job.payload["neighbour"]?.string.flatMap({ Int64($0) }) else {
            return .dead(reason: "payload names no community")
        }
        do {
            guard let neighbour = try await database.neighbour(ActorID(rawValue: number)), neighbour.isAccepted else {
                return .done
            }
            let now = Date()
            let isEarly = neighbour.readAt.map { now.timeIntervalSince($0) < pause } ?? false
            let isDue = neighbour.isDue(at: now)
            if isDue, !isEarly, try await !read(neighbour) { return .done }
            let end = ContinuousClock.now + patience
            switch try await fetchMentors(of: neighbour, until: end) {
            case .away: return .done
            case .more: return .retry(after: .zero, reason: "there is more")
            case .done: break
            }
            if try await !times.ask(neighbour, until: end) {
                try await fail(neighbour, because: "free times could not be had")
            }
            return isDue && isEarly ? .retry(after: .seconds(pause), reason: "was read a moment ago") : .done
        } catch {
            return .retry(after: .seconds(60), reason: "\(error)")
        }
    }

    /// False when the community cannot be asked now.
    private func read(_ neighbour: Neighbour) async throws -> Bool {
        let reading: DirectoryReader.Reading
        do {
            reading = try await reader.read(neighbour.address)
        } catch {
            try await fail(neighbour, because: "the directory \(error.words)")
            return false
        }
        let remark = reading.remark.map { "the directory \($0)" }
        try await database.transaction { transaction in
            guard let now = try await transaction.lockNeighbour(neighbour.id), now.isAccepted,
                now.address == neighbour.address
            else { return }
            if reading.isWhole {
                try await take(reading, over: neighbour, now: now, in: transaction)
            } else {
                try await transaction.takeBeginning(reading.mentors, of: neighbour.id)
            }
            try await transaction.neighbourWasRead(neighbour.id, settled: neighbour.doubts, remark: remark)
        }
        logger.info(
            "directory read",
            metadata: [
                "host": "\(neighbour.host)", "mentors": "\(reading.mentors.count)", "remark": "\(remark ?? "none")",
            ])
        return true
    }

    /// - Parameters:
    ///   - earlier: the community as it was when the reading began.
    ///   - now: as changes that were told meanwhile have made it.
    private func take(
        _ reading: DirectoryReader.Reading, over earlier: Neighbour, now: Neighbour, in transaction: Transaction
    ) async throws {
        // A count below what was known before is one that began anew, as after an old backup.
        let restarts = reading.revision.map { $0 < earlier.revision ?? 0 } ?? true
        let gone = try await transaction.takeDirectory(
            reading.mentors, of: earlier.id, revision: reading.revision, restarts: restarts)
        try await transaction.forgetProfiles(of: gone)
        let known = restarts ? reading.revision : [reading.revision, now.revision].compactMap(\.self).max()
        try await transaction.setRevision(known, ofNeighbour: earlier.id)
    }

    private enum Progress { case done, more, away }

    private func fetchMentors(of neighbour: Neighbour, until end: ContinuousClock.Instant) async throws -> Progress {
        let waiting = try await database.mentorsToFetch(of: neighbour.id, limit: Self.mostMentors)
        for mentor in waiting {
            guard .now < end, !Task.isCancelled else { return .more }
            do {
                try await actors.refresh(mentor.uri, on: database)
                try await database.transaction { transaction in
                    try await transaction.mentorWasFetched(mentor, of: neighbour.id)
                    // Taken out of the directory while the document was on its way.
                    if try await !transaction.isListed(mentor.uri) {
                        try await transaction.forgetProfiles(of: [mentor.uri])
                    }
                }
            } catch RemoteActors.Failure.unreachable {
                try await database.transaction { try await $0.mentorFailed(mentor.uri, of: neighbour.id) }
                try await fail(neighbour, because: "a mentor's document could not be had")
                return .away
            } catch is RemoteActors.Failure {
                try await database.transaction { transaction in
                    try await transaction.mentorFailed(mentor.uri, of: neighbour.id)
                }
            }
        }
        return waiting.count == Self.mostMentors ? .more : .done
    }

    private func fail(_ neighbour: Neighbour, because reason: String) async throws {
        logger.info("directory not read", metadata: ["host": "\(neighbour.host)", "reason": "\(reason)"])
        try await database.transaction { try await $0.neighbourFailed(neighbour.id, because: reason) }
    }
}

extension DocumentFetcher.Failure {
    /// What to tell an operator.
    fileprivate var words: String {
        switch self {
        case .unreachable(let error): "could not be read: \(error.rawValue)"
        case .status(let code): "answers \(code)"
        case .gone: "is gone"
        case .contentType: "is not ActivityStreams"
        case .notJSON: "is no collection"
        case .otherID: "is of another server"
        }
    }
}
