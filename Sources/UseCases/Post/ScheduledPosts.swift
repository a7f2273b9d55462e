package import Foundation
import Jobs
import JSONTree
package import PostgreSQL
package import Social
package import Store
package import Wire

/// Posts that people of this community want to have published later.
package struct ScheduledPosts: Sendable {
    /// Of one person.
    package static let most = 300
    /// How far ahead at least, in seconds: less is hardly later.
    package static let shortest: TimeInterval = 300
    /// And at most.
    package static let longest: TimeInterval = 2 * 366 * 86_400

    private let posts: PostDesk

    package init(posts: PostDesk) { self.posts = posts }

    /// - Throws: `InvalidFields` with everything for which the draft could not be published now, `FieldError` about the
    ///   time or the number.
    package func schedule(
        _ draft: PostDraft, by author: Actor, at time: Date, now: Date, in transaction: Transaction
    ) async throws -> ScheduledPost {
        try Self.check(time, now: now)
        try await posts.check(draft, by: author, now: now, in: transaction)
        guard try await transaction.countScheduledPosts(by: author.id) < Self.most else {
            throw FieldError(field: "scheduled_at", message: "\(Self.most) posts of yours wait already.")
        }
        let scheduled = try await transaction.insertScheduledPost(draft, by: author.id, at: time)
        try await wake(scheduled, in: transaction)
        return scheduled
    }

    /// Nil when there is none of this number.
    package func move(
        _ id: Int64, of author: ActorID, to time: Date, now: Date, in transaction: Transaction
    ) async throws -> ScheduledPost? {
        try Self.check(time, now: now)
        guard let moved = try await transaction.moveScheduledPost(id, of: author, to: time) else { return nil }
        try await wake(moved, in: transaction)
        return moved
    }

    /// The job that publishes it looks at the time once more: where it was put off, another one comes.
    private func wake(_ scheduled: ScheduledPost, in transaction: Transaction) async throws {
        try await JobQueue().enqueue(
            NewJob(
                kind: Self.jobKind,
                payload: ["post": .string(String(scheduled.id)), "at": .string(DateTime.format(scheduled.dueAt))],
                key: "\(scheduled.id) \(DateTime.format(scheduled.dueAt))", dueAt: scheduled.dueAt),
            in: transaction)
    }

    package static let jobKind = "post.publish"

    private static func check(_ time: Date, now: Date) throws(FieldError) {
        guard (shortest...longest).contains(time.timeIntervalSince(now)) else {
            throw FieldError(field: "scheduled_at", message: "Name a time from five minutes to two years from now.")
        }
    }
}
