package import Foundation
package import Wire

/// What somebody tells the moderators about somebody else.
package struct Report: Hashable, Sendable {
    package let id: Int64
    package let uri: URI
    package let reporter: ActorID
    package let target: ActorID
    package let comment: String
    package let evidence: [Evidence]
    package let isForwarded: Bool
    package let createdAt: Date
    package let resolvedAt: Date?

    package init(
        id: Int64, uri: URI, reporter: ActorID, target: ActorID, comment: String, evidence: [Evidence],
        isForwarded: Bool, createdAt: Date, resolvedAt: Date?
    ) {
        self.id = id
        self.uri = uri
        self.reporter = reporter
        self.target = target
        self.comment = comment
        self.evidence = evidence
        self.isForwarded = isForwarded
        self.createdAt = createdAt
        self.resolvedAt = resolvedAt
    }

    /// A post as it stood when it was reported; its author can change or delete it later.
    package struct Evidence: Hashable, Sendable {
        package let post: URI
        /// HTML, clean.
        package let html: String
        package let warning: String
        package let publishedAt: Date

        package init(post: URI, html: String, warning: String, publishedAt: Date) {
            self.post = post
            self.html = html
            self.warning = warning
            self.publishedAt = publishedAt
        }
    }

    /// In Unicode scalars.
    package static let mostComment = 5000
    package static let mostPosts = 50
}
