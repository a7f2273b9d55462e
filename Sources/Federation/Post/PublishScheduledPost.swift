import Foundation
package import Jobs
import JSONTree
package import Logging
package import PostgreSQL
import Social
import Store
package import UseCases
import Wire

/// Publishes a post whose time has come, as if its author did it now.
package struct PublishScheduledPost: JobHandler {
    package static let kind = ScheduledPosts.jobKind

    private let database: Pool
    private let posts: PostDesk
    private let findMentioned: FindMentioned
    private let logger: Logger

    package init(database: Pool, posts: PostDesk, findMentioned: FindMentioned, logger: Logger) {
        self.database = database
        self.posts = posts
        self.findMentioned = findMentioned
        self.logger = logger
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let id = job.payload["post"]?.string.flatMap({ Int64($0) }) else {
            return .dead(reason: "payload names no post")
        }
        do {
            guard let waiting = try await database.scheduledPost(id) else { return .done }
            // The queue goes by the database's clock, which may be ahead of this machine's.
            let due = job.payload["at"]?.string.flatMap(DateTime.parse) ?? .distantPast
            let now = max(DateTime.cutToMilliseconds(Date()), due)
            let mentioned = try await findMentioned(in: waiting.draft.text)
            try await database.transaction { transaction in
                guard let due = try await transaction.takeScheduledPost(id, at: now),
                    let author = try await transaction.account(id: due.author)?.actor
                else { return }
                _ = try await posts.publish(due.draft, by: author, mentioned: mentioned, now: now, in: transaction)
            }
            return .done
        } catch let invalid as InvalidFields {
            // What it answers is gone, or a picture: its author finds it where it waited.
            logger.info("a scheduled post cannot be published", metadata: ["post": "\(id)", "reason": "\(invalid)"])
            return .done
        } catch {
            return .retry(after: .seconds(60), reason: "\(error)")
        }
    }
}
