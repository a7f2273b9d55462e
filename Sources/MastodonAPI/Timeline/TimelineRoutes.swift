import JSONTree
import SafeText
import Social
import Store
package import WebServer
import Wire

/// Timelines (docs.joinmastodon.org/methods/timelines).
package struct TimelineRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let timelines = "/api/v1/timelines"
        return [
            Route(.get, "\(timelines)/home", access: .token(.readStatuses)) { exchange in
                let reader = try exchange.requireAccount().actor.id
                return try await answer(exchange) { input, page in
                    try await services.database.feed(reader.rawValue, for: reader, page)
                }
            },
            Route(.get, "\(timelines)/public", access: .reader(.readStatuses)) { exchange in
                try await answer(exchange) { input, page in
                    try await services.database.publicPosts(Self.timeline(input), for: exchange.viewer, page)
                }
            },
            Route(.get, "\(timelines)/tag/{tag}", access: .reader(.readStatuses)) { exchange in
                try await answer(exchange) { input, page in
                    var timeline = Self.timeline(input)
                    timeline.anyTags = Self.tags([exchange.parameter("tag")] + (input.texts("any") ?? []))
                    timeline.allTags = Self.tags(input.texts("all") ?? [])
                    timeline.noTags = Self.tags(input.texts("none") ?? [])
                    return try await services.database.publicPosts(timeline, for: exchange.viewer, page)
                }
            },
        ]
    }

    private func answer(
        _ exchange: Exchange, _ find: (Input, Page) async throws -> [FeedEntry]
    ) async throws -> Answer {
        let input = try exchange.input()
        let entries = try await find(input, exchange.page(input, usual: 20, most: 40))
        let statuses = try await services.entities.statuses(entries, for: exchange.account?.actor.id)
        return .page(entries, statuses, of: exchange, at: services.community.origin)
    }

    private static func timeline(_ input: Input) -> PublicTimeline {
        var timeline = PublicTimeline()
        if input.flag("local") == true { timeline.source = .local }
        if input.flag("remote") == true { timeline.source = .remote }
        timeline.withMediaOnly = input.flag("only_media") ?? false
        return timeline
    }

    /// What is no hashtag finds nothing, as the empty name does: left out, it would find everything.
    private static func tags(_ written: [String]) -> [String] {
        written.prefix(20).map { hashtagName($0) ?? "" }
    }
}
