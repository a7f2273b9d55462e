import Foundation
package import Jobs
import JSONTree
import Keys
package import Logging
package import Outbound
package import PostgreSQL
package import Social
import Store
import Wire

/// Tells one program of one notification.
///
/// What nobody can be told of within a day is dropped and no dead letter: it waits in the program anyway.
package struct DeliverPush: JobHandler {
    package static let kind = "push"

    private let database: Pool
    private let community: Community
    private let key: PushKey
    private let client: GuardedClient
    private let pace: Double
    private let logger: Logger

    /// - Parameter pace: a factor on every wait; 1 in production.
    package init(
        database: Pool, community: Community, key: PushKey, client: GuardedClient, pace: Double = 1, logger: Logger
    ) {
        self.database = database
        self.community = community
        self.key = key
        self.client = client
        self.pace = pace
        self.logger = logger
    }

    /// In seconds.
    private static let longestAge: TimeInterval = 24 * 3600
    /// Services answer at once, or are in trouble.
    private static let limits = ExchangeLimits(body: 64 << 10, total: .seconds(10))

    package func run(_ job: Job) async -> JobOutcome {
        guard let notification = job.payload["notification"]?.int,
            let subscription = job.payload["subscription"]?.int.flatMap({ Int32(exactly: $0) })
        else { return .dead(reason: "payload names no notification or subscription") }
        guard Date().timeIntervalSince(job.createdAt) < Self.longestAge else { return .done }
        do {
            guard let stored = try await database.pushSubscription(subscription),
                let message = try await message(Int64(notification), to: stored.account)
            else { return .done }
            guard let token = key.open(stored.subscription.sealedToken, of: stored.token) else {
                try await database.deletePushSubscription(stored.id, at: stored.subscription.endpoint)
                return .done
            }
            let verdict = try await send(message, token: token, to: stored.subscription)
            return try await outcome(of: verdict, for: stored, job: job)
        } catch {
            return later(nil, reason: "\(error)", job: job)
        }
    }

    /// Nil for what was taken back meanwhile, or is not for the recipient's eyes any more.
    private func message(_ id: Int64, to recipient: ActorID) async throws -> PushMessage? {
        guard let notification = try await database.notification(id, for: recipient),
            let kind = ClientNotificationKind(rawValue: notification.kind), let from = notification.from,
            let sender = try await database.person(from)
        else { return nil }
        var post: Post?
        if let about = notification.post {
            post = try await database.post(about, for: .actor(recipient))
            guard post != nil else { return nil }
        }
        return PushMessage(
            notification: notification, kind: kind, recipient: recipient, sender: sender, post: post,
            community: community)
    }

    private func send(_ message: PushMessage, token: String, to subscription: PushSubscription) async throws
        -> PushVerdict
    {
        let encryption: PushEncryption = subscription.isStandard ? .standard : .draft
        guard let receiver = PushReceiver(key: subscription.key, secret: subscription.secret) else {
            return .gone(reason: "the keys are none")
        }
        let sealed = try encryption.seal(
            message.json(token: token).serialized(), for: receiver, sender: try P256KeyPair.generate(),
            salt: SecureRandom.bytes(16))
        let signer = PushSigner(key: key, contact: "mailto:postmaster@\(community.domain)", encryption: encryption)
        let verdict: PushVerdict
        let result: String
        do throws(OutboundError) {
            let response = try await client.send(
                to: subscription.endpoint, contentType: "application/octet-stream",
                fields: sealed.fields + [
                    ("ttl", "172800"), ("urgency", message.isUrgent ? "high" : "normal"),
                ],
                body: sealed.body, signer: signer, limits: Self.limits)
            verdict = .of(status: response.status, retryAfter: response.retryAfter(now: Date()))
            result = String(response.status)
        } catch {
            verdict = .of(error)
            result = error.rawValue
        }
        // The rest of the address is known to the program alone.
        logger.info("pushed", metadata: ["to": "\(subscription.endpoint.authority)", "status": "\(result)"])
        return verdict
    }

    private func outcome(of verdict: PushVerdict, for stored: StoredPushSubscription, job: Job) async throws
        -> JobOutcome
    {
        switch verdict {
        case .sent, .refused: return .done
        case .gone(let reason):
            logger.info(
                "a push subscription ends",
                metadata: ["at": "\(stored.subscription.endpoint.authority)", "because": "\(reason)"])
            try await database.deletePushSubscription(stored.id, at: stored.subscription.endpoint)
            return .done
        case .retry(let asked, let reason): return later(asked, reason: reason, job: job)
        }
    }

    private func later(_ asked: Duration?, reason: String, job: Job) -> JobOutcome {
        guard let wait = PushVerdict.wait(afterAttempt: job.attempts) else { return .done }
        return .retry(after: max(wait * pace, asked ?? .zero), reason: reason)
    }
}
