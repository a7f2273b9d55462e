package import Foundation
import JSONTree
package import PostgreSQL
package import Social
package import Wire

/// A post that is to be published later.
package struct ScheduledPost: Sendable {
    package let id: Int64
    package let author: ActorID
    package let dueAt: Date
    package let draft: PostDraft
}

extension Queryable {
    package func insertScheduledPost(_ draft: PostDraft, by author: ActorID, at time: Date) async throws
        -> ScheduledPost
    {
        let inserted = try await row(
            """
            insert into scheduled_posts (author_id, due_at, draft, media_ids)
            values (\(author), \(time), \(draft.document.serializedText())::jsonb,
                \((draft.media ?? []).map(\.rawValue)))
            returning \(ScheduledPost.columns)
            """)
        guard let inserted else { throw StoreError.nothingReturned }
        return try ScheduledPost(inserted)
    }

    package func scheduledPost(_ id: Int64) async throws -> ScheduledPost? {
        try await row("select \(ScheduledPost.columns) from scheduled_posts where id = \(id)").map(ScheduledPost.init)
    }

    package func scheduledPosts(by author: ActorID, _ page: Page) async throws -> [ScheduledPost] {
        page.newestFirst(
            try await rows(
                """
                select \(ScheduledPost.columns) from scheduled_posts where author_id = \(author) and \(page.holds("id"))
                \(page.end(by: "id"))
                """
            ).map(ScheduledPost.init))
    }

    package func countScheduledPosts(by author: ActorID) async throws -> Int {
        try await row("select count(*) as n from scheduled_posts where author_id = \(author)").map { try $0.get("n") }
            ?? 0
    }

    /// Nil when it is not there any more.
    package func moveScheduledPost(_ id: Int64, of author: ActorID, to time: Date) async throws -> ScheduledPost? {
        try await row(
            """
            update scheduled_posts set due_at = \(time) where id = \(id) and author_id = \(author)
            returning \(ScheduledPost.columns)
            """
        ).map(ScheduledPost.init)
    }

    /// Takes one away if its time has come; nil when another has taken it, or it was put off or given up.
    package func takeScheduledPost(_ id: Int64, at now: Date) async throws -> ScheduledPost? {
        try await row(
            "delete from scheduled_posts where id = \(id) and due_at <= \(now) returning \(ScheduledPost.columns)"
        ).map(ScheduledPost.init)
    }

    /// False when it is none of theirs.
    package func deleteScheduledPost(_ id: Int64, of author: ActorID) async throws -> Bool {
        try await execute("delete from scheduled_posts where id = \(id) and author_id = \(author)") == 1
    }
}

extension ScheduledPost {
    fileprivate static let columns: SQL = "id, author_id, due_at, draft"

    fileprivate init(_ row: Row) throws {
        id = try row.get("id")
        author = try row.get("author_id")
        dueAt = try row.get("due_at")
        draft = try PostDraft(document: try row.document("draft") ?? .null)
    }
}

extension PostDraft {
    /// What a draft of a client can hold, as it is kept. Events and files elsewhere are not put off.
    fileprivate var document: JSON {
        var object: JSON.Object = [
            "text": .string(text), "warning": .string(warning), "is_sensitive": .bool(isSensitive),
            "visibility": .string(visibility.rawValue), "media": .array((media ?? []).map { .int(Int($0.rawValue)) }),
        ]
        object["language"] = language.map(JSON.string)
        object["reply_to"] = replyTo.map { .int(Int($0.rawValue)) }
        if let poll {
            object["poll"] = [
                "options": .array(poll.options.map(JSON.string)), "is_multiple": .bool(poll.isMultiple),
                "seconds": .int(poll.seconds),
            ]
        }
        return .object(object)
    }

    fileprivate init(document: JSON) throws {
        guard let text = document["text"]?.string,
            let visibility = document["visibility"]?.string.flatMap(Visibility.init(rawValue:))
        else { throw StoreError.unreadable("a scheduled post") }
        self.init(text)
        warning = document["warning"]?.string ?? ""
        isSensitive = document["is_sensitive"]?.bool ?? false
        self.visibility = visibility
        language = document["language"]?.string
        replyTo = document["reply_to"]?.int.map { PostID(rawValue: Int64($0)) }
        media = document["media"]?.array?.compactMap(\.int).map { MediaID(rawValue: Int64($0)) }
        if let poll = document["poll"], let options = poll["options"]?.array {
            self.poll = PollDraft(
                options: options.compactMap(\.string), isMultiple: poll["is_multiple"]?.bool ?? false,
                seconds: poll["seconds"]?.int ?? 86_400)
        }
    }
}
