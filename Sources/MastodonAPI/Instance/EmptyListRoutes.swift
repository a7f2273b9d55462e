import JSONTree
import Social
package import WebServer

/// Lists that clients ask for at their start and that have nothing in them here: an empty one lets them go on, where a
/// 404 would stop some of them.
package struct EmptyListRoutes: Sendable {
    package init() {}

    package var routes: [Route] {
        let forAll = [
            "custom_emojis", "trends", "trends/tags", "trends/statuses", "trends/links",
        ]
        let forPeople: [(String, Scope)] = [
            ("announcements", .read),
        ]
        return forAll.map { Route(.get, "/api/v1/\($0)", access: .open) { _ in .json([]) } }
            + forPeople.map { Route(.get, "/api/v1/\($0.0)", access: .token($0.1)) { _ in .json([]) } }
    }
}
