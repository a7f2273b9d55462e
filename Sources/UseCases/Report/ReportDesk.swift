import Foundation
import Mentoring
package import PostgreSQL
import SafeText
package import Social
import Store
package import Wire

/// Something that must follow from a report; written in the same transaction.
package protocol ReportConsequence: Sendable {
    func follow(_ report: Report, of target: Actor, posts: [URI], in transaction: Transaction) async throws
}

/// Takes what people here and elsewhere tell the moderators.
package struct ReportDesk: Sendable {
    private let community: Community
    private let consequences: [any ReportConsequence]

    package init(community: Community, consequences: [any ReportConsequence]) {
        self.community = community
        self.consequences = consequences
    }

    /// A person of this community reports somebody.
    ///
    /// - Parameter isForwarded: whether the moderators of the other's own server are told, too, without who it was.
    /// - Throws: `InvalidFields` for a comment that is too long; `PostRefusal` for a post that is not the target's.
    @discardableResult
    package func report(
        _ target: Actor, by reporter: Actor, posts: [PostID], comment: String, isForwarded: Bool,
        in transaction: Transaction
    ) async throws -> Report {
        guard comment.unicodeScalars.count <= Report.mostComment, posts.count <= Report.mostPosts else {
            throw InvalidFields([
                FieldError(
                    field: "comment",
                    message: "Use at most \(Report.mostComment) characters, and name at most \(Report.mostPosts) posts."
                )
            ])
        }
        var evidence: [Report.Evidence] = []
        for id in posts {
            guard let post = try await transaction.post(id, for: .actor(reporter.id)), post.author == target.id else {
                throw PostRefusal.notFound
            }
            evidence.append(Report.Evidence(post))
        }
        let isForwarded = isForwarded && !target.isLocal
        let uri = community.addresses.activity(UUID())
        guard
            let id = try await transaction.insertReport(
                uri, by: reporter.id, of: target.id, comment: comment, evidence: evidence, isForwarded: isForwarded),
            let report = try await transaction.report(id)
        else { throw StoreError.nothingReturned }
        for consequence in isForwarded ? consequences : [] {
            try await consequence.follow(report, of: target, posts: evidence.map(\.post), in: transaction)
        }
        return report
    }

    /// A person of this community reports a rating. Only the moderators here hear of it.
    ///
    /// - Throws: `InvalidFields` for a comment that is too long.
    func report(
        _ review: Review, of author: ActorID, by reporter: ActorID, comment: String, in transaction: Transaction
    ) async throws -> Report {
        guard comment.unicodeScalars.count <= Report.mostComment else {
            throw InvalidFields([
                FieldError(field: "comment", message: "Use at most \(Report.mostComment) characters.")
            ])
        }
        let evidence = Report.Evidence(
            post: review.address, html: paragraphs(fromPlainText: review.rating?.words ?? ""), warning: "",
            publishedAt: review.givenAt)
        guard
            let id = try await transaction.insertReport(
                community.addresses.activity(UUID()), by: reporter, of: author, comment: comment, evidence: [evidence],
                isForwarded: false),
            let report = try await transaction.report(id)
        else { throw StoreError.nothingReturned }
        return report
    }

    /// Another server tells of somebody of ours. One open report per person and server is enough for a moderator to
    /// look; further ones within a day add nothing.
    ///
    /// - Returns: false when it adds nothing.
    package func receive(
        _ uri: URI, of target: Actor, by reporter: Actor, posts: [Post], comment: String, in transaction: Transaction
    ) async throws -> Bool {
        guard target.isLocal,
            try await !transaction.hasOpenReport(of: target.id, from: reporter.handle.domain)
        else { return false }
        return try await transaction.insertReport(
            uri, by: reporter.id, of: target.id, comment: comment,
            evidence: posts.filter { $0.author == target.id }.map(Report.Evidence.init), isForwarded: false) != nil
    }
}

extension Report.Evidence {
    init(_ post: Post) {
        self.init(
            post: post.uri, html: post.content.html, warning: post.content.warning, publishedAt: post.publishedAt)
    }
}
