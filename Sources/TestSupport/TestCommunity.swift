package import Foundation
package import JSONTree
import Keys
package import Mentoring
package import PostgreSQL
import PostgresTesting
import Schemas
package import Social
import Store
import Wire

/// A community with a database of its own.
package struct TestCommunity: Sendable {
    package let community: Community
    package let database: Pool

    /// Opens an account without password; its RSA key is that of the name in ``TestKeys``.
    package func person(_ name: String, profile: ProfileDraft? = nil) async throws -> Account {
        let address = community.addresses.actor(try username(name))
        return try await database.transaction { transaction in
            let id = try await actor(
                address, .person, name, url: community.addresses.profilePage(try username(name)), in: transaction)
            guard
                try await transaction.insertAccount(
                    id, email: "\(name)@mail.example", passwordHash: "none", role: .member),
                let account = try await transaction.account(id: id)
            else { throw UnreadableSample(text: name) }
            if let profile {
                try await transaction.save(
                    try profile.checked(catalogue: try await transaction.catalogue(), now: Date()), of: id)
            }
            return account
        }
    }

    /// A person who takes requests for every type of session.
    package func mentor(_ name: String) async throws -> Account { try await person(name, profile: .open) }

    /// The community's own actor.
    package func instanceActor() async throws -> Actor {
        try await database.transaction { transaction in
            let address = community.addresses.instanceActor
            let id = try await actor(
                address, .application, community.origin.host, url: address, in: transaction)
            guard let actor = try await transaction.actor(id: id) else { throw UnreadableSample(text: "instance") }
            return actor
        }
    }

    /// Somebody of another community, as if fetched just now.
    package func neighbour(_ name: String, at host: String = "b.example", speaksMentoring: Bool = true) async throws
        -> Actor
    {
        let id = try await database.save(
            RemoteActor(
                uri: try uri("https://\(host)/users/\(name)"), kind: .person,
                handle: try handle("\(name)@\(host)"), name: name.capitalized, summary: "",
                url: nil, inbox: try uri("https://\(host)/users/\(name)/inbox"),
                sharedInbox: try uri("https://\(host)/inbox"), speaksMentoring: speaksMentoring,
                followers: try uri("https://\(host)/users/\(name)/followers")))
        guard let actor = try await database.actor(id: id) else { throw UnreadableSample(text: name) }
        return actor
    }

    private func actor(_ address: URI, _ kind: Actor.Kind, _ name: String, url: URI, in transaction: Transaction)
        async throws -> ActorID
    {
        let id = try await transaction.insertLocalActor(
            uri: address, kind: kind, username: name, name: name.capitalized, url: url,
            inbox: community.addresses.inbox(of: address), sharedInbox: community.addresses.sharedInbox,
            domain: community.domain)
        guard let id else { throw UnreadableSample(text: name) }
        let key = try TestKeys.rsa(name)
        try await transaction.replaceKeys(
            of: id,
            with: [
                StoredKey(
                    uri: community.addresses.mainKey(of: address), actor: id, algorithm: .rsa,
                    publicPEM: key.publicKey.spkiPEM, privatePEM: try key.pem, fetchedAt: Date())
            ])
        return id
    }
}

extension TestCommunity {
    /// A job as it waits in the table.
    package struct WaitingJob: Sendable {
        package let kind: String
        package let payload: JSON
        package let sequence: String?
        package let dueAt: Date
    }

    /// The jobs of a kind in the order of writing.
    package func jobs(_ kind: String) async throws -> [WaitingJob] {
        try await database.rows("select kind, payload, sequence, due_at from jobs where kind = \(kind) order by id").map
        {
            WaitingJob(
                kind: try $0.get("kind"), payload: try json(try $0.get("payload")), sequence: try $0.get("sequence"),
                dueAt: try $0.get("due_at"))
        }
    }

    /// The activities that left or will leave, oldest first.
    package func sent() async throws -> [JSON] {
        try await database.rows("select body from activities order by id").map { try json(try $0.get("body")) }
    }

    /// The rows of a table that a test names.
    package func count(_ table: CountedTable) async throws -> Int {
        try await database.row(table.count)?.get("n") ?? 0
    }

    package enum CountedTable: Sendable {
        case activities, actorKeys, actors, blocks, boosts, follows, jobs, likes, media, notifications, pins, pollVotes,
            posts,
            receivedActivities, reports, sessionEvents, sessions, tombstones

        fileprivate var count: SQL {
            switch self {
            case .activities: "select count(*) as n from activities"
            case .actorKeys: "select count(*) as n from actor_keys"
            case .actors: "select count(*) as n from actors"
            case .blocks: "select count(*) as n from blocks"
            case .boosts: "select count(*) as n from boosts"
            case .follows: "select count(*) as n from follows"
            case .jobs: "select count(*) as n from jobs"
            case .likes: "select count(*) as n from likes"
            case .media: "select count(*) as n from media"
            case .notifications: "select count(*) as n from notifications"
            case .pins: "select count(*) as n from pins"
            case .pollVotes: "select count(*) as n from poll_votes"
            case .posts: "select count(*) as n from posts"
            case .receivedActivities: "select count(*) as n from received_activities"
            case .reports: "select count(*) as n from reports"
            case .sessionEvents: "select count(*) as n from session_events"
            case .sessions: "select count(*) as n from sessions"
            case .tombstones: "select count(*) as n from tombstones"
            }
        }
    }
}

extension ProfileDraft {
    /// Takes requests from anybody, for all types of the first catalogue; one has a price.
    package static let open = ProfileDraft(
        bio: "I help with SQL.", expertise: ["sql"], languages: ["en"], zone: "Europe/Berlin",
        offers: [
            .init(type: "pana_support"), .init(type: "panamia_planning"),
            .init(type: "knowledge_transfer", rate: RateDraft(amount: "20", currency: "EUR", per: "hour")),
        ],
        isPublished: true)
}

/// Every table of the daemon, empty but for the first catalogue.
package let testMigrations = Schemas.migrations.map { Migration(number: $0.number, name: $0.name, sql: $0.sql) }

/// Runs `body` with a new community at an origin.
///
/// - Parameter domain: the host of its handles, where that is another.
@discardableResult
package func withCommunity<Success>(
    at origin: String = "https://a.example", domain: String? = nil, poolSize: Int = 4,
    _ body: (TestCommunity) async throws -> Success
) async throws -> Success {
    let origin = try uri(origin).origin
    return try await withDatabase(migrations: testMigrations, poolSize: poolSize) { pool in
        try await body(
            TestCommunity(
                community: Community(
                    name: "Ateneo", origin: origin, meetingTemplate: "https://meet.example/{room}", domain: domain),
                database: pool))
    }
}
