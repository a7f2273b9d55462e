import Federation
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
package import WebServer
import Wire

/// Telling moderators of somebody (docs.joinmastodon.org/methods/reports).
package struct ReportRoutes: Sendable {
    private let services: ClientServices
    private static let categories = ["spam", "legal", "violation", "other"]

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        [Route(.post, "/api/v1/reports", access: .token(.writeReports)) { try await report($0) }]
    }

    private func report(_ exchange: Exchange) async throws -> Answer {
        let reporter = try exchange.requireAccount().actor
        let input = try exchange.input()
        guard let id = input.id("account_id"),
            let target = try await services.database.actor(id: ActorID(rawValue: id)), target.id != reporter.id
        else { throw Problem.notFound }
        let posts = input.ids("status_ids")
        let category = input.text("category").flatMap { Self.categories.contains($0) ? $0 : nil } ?? "other"
        let comment = input.text("comment") ?? ""
        let isForwarded = input.flag("forward") ?? false
        let report = try await PostAnswers.refusing {
            try await services.database.transaction { transaction in
                try await services.desks.reports.report(
                    target, by: reporter, posts: posts.map { PostID(rawValue: $0) }, comment: comment,
                    isForwarded: isForwarded, in: transaction)
            }
        }
        return .json([
            "id": .string(String(report.id)), "action_taken": false, "action_taken_at": .null,
            "category": .string(category), "comment": .string(report.comment), "forwarded": .bool(report.isForwarded),
            "created_at": .string(ClientTime.text(report.createdAt)), "status_ids": .strings(posts.map(String.init)),
            "rule_ids": [], "target_account": try await services.entities.account(target.id) ?? .null,
        ])
    }
}
