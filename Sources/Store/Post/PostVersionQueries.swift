package import Foundation
import JSONTree
package import PostgreSQL
package import Social
package import Wire

/// How a post read for a while.
package struct PostVersion: Sendable {
    package let html: String
    package let warning: String
    package let isSensitive: Bool
    package let attachments: [Attachment]
    package let pollOptions: [String]?
    package let createdAt: Date

    /// How the post reads now.
    package init(_ post: Post) {
        self.init(
            html: post.content.html, warning: post.content.warning, isSensitive: post.content.isSensitive,
            attachments: post.content.attachments, pollOptions: post.content.poll?.options.map(\.title),
            createdAt: post.editedAt ?? post.publishedAt)
    }

    fileprivate init(
        html: String, warning: String, isSensitive: Bool, attachments: [Attachment], pollOptions: [String]?,
        createdAt: Date
    ) {
        self.html = html
        self.warning = warning
        self.isSensitive = isSensitive
        self.attachments = attachments
        self.pollOptions = pollOptions
        self.createdAt = createdAt
    }
}

extension Queryable {
    /// Earlier versions, oldest first, at most the first hundred.
    package func versions(of post: PostID) async throws -> [PostVersion] {
        try await rows(
            """
            select content, warning, is_sensitive, attachments, poll_options, created_at
            from post_versions where post_id = \(post) order by id limit 100
            """
        ).map { row in
            PostVersion(
                html: try row.get("content"), warning: try row.get("warning"), isSensitive: try row.get("is_sensitive"),
                attachments: try row.document("attachments").list.compactMap { Attachment($0) },
                pollOptions: try row.get("poll_options"), createdAt: try row.get("created_at"))
        }
    }
}
