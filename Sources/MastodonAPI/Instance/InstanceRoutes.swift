import JSONTree
import Mentoring
import PostgreSQL
import Push
import Social
import Store
import UseCases
package import WebServer
import Wire

/// What this server is and allows (docs.joinmastodon.org/methods/instance).
package struct InstanceRoutes: Sendable {
    private let services: ClientServices
    private let version: String

    /// - Parameter version: of mentord.
    package init(_ services: ClientServices, version: String) {
        self.services = services
        self.version = version
    }

    package var routes: [Route] {
        [
            Route(.get, "/api/v1/instance", access: .open) { _ in .json(try await first()) },
            Route(.get, "/api/v2/instance", access: .open) { _ in .json(try await second()) },
            Route(.get, "/api/v1/instance/peers", access: .open) { _ in
                .json(.strings(try await services.database.knownHosts(limit: 5000)))
            },
            Route(.get, "/api/v1/instance/rules", access: .open) { _ in .json([]) },
            Route(.get, "/api/v1/instance/activity", access: .open) { _ in .json([]) },
            Route(.get, "/api/v1/instance/domain_blocks", access: .open) { _ in .json([]) },
            Route(.get, "/api/v1/instance/translation_languages", access: .open) { _ in .json([:]) },
            Route(.get, "/api/v1/instance/extended_description", access: .open) { _ in
                .json(["updated_at": "2026-01-01T00:00:00.000Z", "content": .string(Self.description)])
            },
            Route(.get, "/health", access: .open) { _ in Self.ok },
            Route(.get, "/api/v1/streaming/health", access: .open) { _ in Self.ok },
        ]
    }

    /// What clients may count on: notifications in groups and their policy (2), sign-in with PKCE (3), push as in RFC
    /// 8291 and deleting of media with their post (4).
    private static let apiVersion = 4
    private static let description = "A community of people who mentor each other."
    private static let ok = Answer(
        status: 200, fields: [("content-type", "text/plain; charset=utf-8")], body: Array("OK".utf8))

    /// Clients find out by it what they may use; of the figure in front several look at the first three characters.
    private var versionText: String { "4.4.0 (compatible; mentord \(version))" }

    private var configuration: JSON {
        [
            "urls": [
                "streaming": .string(streaming), "status": .null, "about": .string("\(services.community.origin)/"),
                "privacy_policy": .null, "terms_of_service": .null,
            ],
            "vapid": ["public_key": .string(services.push.key.text)],
            "accounts": [
                "max_featured_tags": .int(FeaturedTagRoutes.most), "max_pinned_statuses": .int(PostRules.mostPins),
                "max_profile_fields": .int(ProfileChange.mostFields),
                "profile_field_name_limit": .int(ProfileChange.mostFieldText),
                "profile_field_value_limit": .int(ProfileChange.mostFieldText),
            ],
            "statuses": [
                "max_characters": .int(PostDraft.mostText), "max_media_attachments": .int(Media.mostInPost),
                "characters_reserved_per_url": 23,
            ],
            "media_attachments": [
                "supported_mime_types": .strings(services.media.types),
                "description_limit": .int(MediaChange.mostDescription), "image_size_limit": .int(MediaDesk.mostBytes),
                "image_matrix_limit": .int(services.media.mostPixels),
                "video_size_limit": 0, "video_frame_rate_limit": 0, "video_matrix_limit": 0,
            ],
            "polls": [
                "max_options": .int(PostDraft.pollOptions.upperBound),
                "max_characters_per_option": .int(PostDraft.mostOption),
                "min_expiration": .int(PostDraft.pollSeconds.lowerBound),
                "max_expiration": .int(PostDraft.pollSeconds.upperBound),
            ],
            "translation": ["enabled": false],
            "timelines_access": [
                "live_feeds": ["local": "public", "remote": "public"],
                "hashtag_feeds": ["local": "public", "remote": "public"],
                "trending_link_feeds": ["local": "public", "remote": "public"],
            ],
            "limited_federation": false,
        ]
    }

    private var streaming: String {
        let origin = services.community.origin
        return "\(origin.scheme == .https ? "wss" : "ws")://\(origin.authority)"
    }

    private func second() async throws -> JSON {
        let origin = services.community.origin
        let figures = try await services.database.communityFigures()
        return [
            "domain": .string(services.community.domain), "title": .string(services.community.name),
            "version": .string(versionText),
            "description": .string(Self.description),
            "usage": ["users": ["active_month": .int(figures.people)]],
            "thumbnail": ["url": .string("\(origin)/headers/original/missing.png"), "blurhash": .null, "versions": [:]],
            "icon": [], "languages": ["en"], "configuration": configuration,
            "registrations": [
                "enabled": false, "approval_required": false, "reason_required": false, "message": .null,
                "min_age": .null, "url": .null,
            ],
            "api_versions": ["mastodon": .int(Self.apiVersion), "mentord": 1],
            "contact": ["email": "", "account": try await contact() ?? .null],
            "rules": [],
        ]
    }

    private func first() async throws -> JSON {
        let origin = services.community.origin
        let figures = try await services.database.communityFigures()
        return [
            "uri": .string(services.community.domain), "title": .string(services.community.name),
            "short_description": .string(Self.description), "description": .string(Self.description), "email": "",
            "version": .string(versionText), "urls": ["streaming_api": .string(streaming)],
            "stats": [
                "user_count": .int(figures.people), "status_count": .int(figures.posts),
                "domain_count": .int(figures.hosts),
            ],
            "thumbnail": .string("\(origin)/headers/original/missing.png"), "languages": ["en"], "registrations": false,
            "approval_required": false, "invites_enabled": false, "configuration": configuration,
            "contact_account": try await contact() ?? .null, "rules": [],
        ]
    }

    /// The administrator who was first.
    private func contact() async throws -> JSON? {
        guard let administrator = try await services.database.firstAdministrator() else { return nil }
        return try await services.entities.account(administrator)
    }
}
