import Foundation
package import Jobs
import JSONTree
package import PostgreSQL
import Social
import Store
import Wire

/// Work that polls of ours leave for later: to tell new numbers, and to end.
enum PollTimers {
    /// Votes come in bursts: others hear of new numbers once in a while.
    static let pause: TimeInterval = 60

    static func close(_ post: PostID, at end: Date, in transaction: Transaction) async throws {
        // With the end in its key: an edit can put another poll, with a later one.
        try await enqueue(
            post, "close", key: "close \(post.rawValue) \(DateTime.format(end))", at: end, in: transaction)
    }

    static func tell(_ post: PostID, now: Date, in transaction: Transaction) async throws {
        try await enqueue(
            post, "tell", key: "tell \(post.rawValue)", at: now.addingTimeInterval(pause), in: transaction)
    }

    private static func enqueue(
        _ post: PostID, _ what: String, key: String, at due: Date, in transaction: Transaction
    ) async throws {
        try await JobQueue().enqueue(
            NewJob(
                kind: RunPollTimer.kind,
                payload: [
                    "post": .string(String(post.rawValue)), "what": .string(what), "at": .string(DateTime.format(due)),
                ],
                key: key, dueAt: due),
            in: transaction)
    }
}

/// Tells of a poll's numbers, or ends it.
package struct RunPollTimer: JobHandler {
    package static let kind = "poll"

    private let database: Pool
    private let consequences: PostConsequences

    package init(database: Pool, consequences: PostConsequences) {
        self.database = database
        self.consequences = consequences
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let id = job.payload["post"]?.string.flatMap({ Int64($0) }).map(PostID.init(rawValue:)) else {
            return .dead(reason: "payload names no post")
        }
        // The queue goes by the database's clock, which may be ahead of this machine's.
        let due = job.payload["at"]?.string.flatMap(DateTime.parse) ?? .distantPast
        let now = max(DateTime.cutToMilliseconds(Date()), due)
        do {
            try await database.transaction { transaction in
                try await transaction.lockPoll(of: id)
                guard let post = try await transaction.storedPost(id), let poll = post.content.poll,
                    poll.closedAt == nil, let author = try await transaction.actor(id: post.author)
                else { return }
                let isFinal = poll.endsAt.map { $0 <= now } ?? false
                if isFinal { try await transaction.closePoll(of: id, at: poll.endsAt ?? now) }
                guard let after = try await transaction.storedPost(id) else { return }
                try await consequences.follow(.counted(isFinal: isFinal), after, by: author, in: transaction)
            }
            return .done
        } catch {
            return .retry(after: .seconds(60), reason: "\(error)")
        }
    }
}
