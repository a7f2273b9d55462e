import Foundation
import JSONTree
import Social
import Store
package import WebServer

/// How far somebody has read (docs.joinmastodon.org/methods/markers).
package struct MarkerRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        [
            Route(.get, "/api/v1/markers", access: .token(.readStatuses)) { try await show($0) },
            Route(.post, "/api/v1/markers", access: .token(.writeStatuses)) { try await save($0) },
        ]
    }

    /// Each that is asked for is there, also when nothing was read yet: clients stumble over gaps.
    private func show(_ exchange: Exchange) async throws -> Answer {
        let markers = try await services.database.markers(of: try exchange.requireAccount().actor.id)
        let names = try exchange.input().texts("timeline") ?? []
        let wanted = names.compactMap { Marker.Timeline(rawValue: $0) }
        return .json(
            .object(
                JSON.Object(
                    (wanted.isEmpty ? Marker.Timeline.allCases : wanted).map { ($0.rawValue, Self.json(markers[$0])) }))
        )
    }

    private func save(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount().actor.id
        let input = try exchange.input()
        var saved = JSON.Object()
        for timeline in Marker.Timeline.allCases {
            guard let position = input.nested(timeline.rawValue)?.id("last_read_id") else { continue }
            saved[timeline.rawValue] = Self.json(
                try await services.database.saveMarker(timeline, at: position, of: account))
        }
        return .json(.object(saved))
    }

    private static func json(_ marker: Marker?) -> JSON {
        [
            "last_read_id": .string(String(marker?.lastRead ?? 0)), "version": .int(marker?.version ?? 0),
            "updated_at": .string(ClientTime.text(marker?.updatedAt ?? Date())),
        ]
    }
}
