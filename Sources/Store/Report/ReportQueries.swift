import Foundation
import JSONTree
package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    /// nil when a report of this activity is there already.
    package func insertReport(
        _ uri: URI, by reporter: ActorID, of target: ActorID, comment: String, evidence: [Report.Evidence],
        isForwarded: Bool
    ) async throws -> Int64? {
        try await row(
            """
            insert into reports (uri, reporter_id, target_id, comment, evidence, is_forwarded)
            values (\(uri), \(reporter), \(target), \(comment),
                \(JSON.array(evidence.map(\.json)).serializedText())::jsonb, \(isForwarded))
            on conflict do nothing returning id
            """
        ).map { try $0.get("id") }
    }

    /// Whether a server's people have told of an actor lately, and nobody has dealt with it yet.
    package func hasOpenReport(of target: ActorID, from domain: String?) async throws -> Bool {
        try await row(
            """
            select from reports join actors on actors.id = reporter_id
            where target_id = \(target) and resolved_at is null and domain is not distinct from \(domain)
                and reports.created_at > now() - interval '1 day'
            limit 1
            """) != nil
    }

    package func report(_ id: Int64) async throws -> Report? {
        try await row("select \(Report.columns) from reports where id = \(id)").map(Report.init)
    }

    /// Newest first.
    package func reports(openOnly: Bool, limit: Int) async throws -> [Report] {
        try await rows(
            """
            select \(Report.columns) from reports where resolved_at is null or not \(openOnly)
            order by id desc limit \(limit)
            """
        ).map(Report.init)
    }

    /// False when there is no such open report.
    package func resolveReport(_ id: Int64) async throws -> Bool {
        try await execute("update reports set resolved_at = now() where id = \(id) and resolved_at is null") == 1
    }
}

extension Report {
    static let columns: SQL =
        "id, uri, reporter_id, target_id, comment, evidence, is_forwarded, created_at, resolved_at"

    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), uri: try row.get("uri"), reporter: try row.get("reporter_id"),
            target: try row.get("target_id"), comment: try row.get("comment"),
            evidence: try row.document("evidence").list.compactMap { Evidence($0) },
            isForwarded: try row.get("is_forwarded"), createdAt: try row.get("created_at"),
            resolvedAt: try row.get("resolved_at"))
    }
}

extension Report.Evidence {
    fileprivate var json: JSON {
        [
            "uri": .string(post.string), "content": .string(html), "warning": .string(warning),
            "published": .string(DateTime.format(publishedAt)),
        ]
    }

    fileprivate init?(_ json: JSON) {
        guard let post = json["uri"]?.string.flatMap({ URI($0) }), let html = json["content"]?.string,
            let publishedAt = json["published"]?.string.flatMap(DateTime.parse)
        else { return nil }
        self.init(post: post, html: html, warning: json["warning"]?.string ?? "", publishedAt: publishedAt)
    }
}
