import Foundation
package import Jobs
import JSONTree
package import Logging
package import Outbound
package import PostgreSQL
import Store
import Wire

/// Hands one stored activity to one inbox.
package struct DeliverActivity: JobHandler {
    package static let kind = "deliver"

    private let database: Pool
    private let client: SignedClient
    private let readdress: Readdress
    private let schedule: DeliverySchedule
    private let health: HostHealth
    private let logger: Logger
    private let bodies: OutgoingBodies
    private let queue = JobQueue()

    package init(
        database: Pool, client: GuardedClient, keys: SigningKeys, actors: RemoteActors, schedule: DeliverySchedule,
        health: HostHealth, logger: Logger
    ) {
        self.database = database
        self.client = SignedClient(client: client, keys: keys)
        readdress = Readdress(database: database, actors: actors)
        self.schedule = schedule
        self.health = health
        self.logger = logger
        bodies = OutgoingBodies(database: database)
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let order = DeliveryOrder(job.payload) else { return .dead(reason: "payload names no activity or inbox") }
        do {
            // Read again before each attempt: a post may have been deleted, a follower removed meanwhile.
            let standing = try await database.standing(
                ofActivity: order.activity, to: order.inbox, onlyToFollowersOf: order.followersOf)
            guard standing == .wanted, let activity = try await bodies.activity(order.activity) else {
                if job.isProbe { await health.untried(order.inbox.authority) }
                return .done
            }
            let attempt = try await attempt(activity, to: order.inbox, job: job)
            await report(attempt, about: order.inbox.authority, job: job)
            return try await outcome(of: attempt, order: order, job: job)
        } catch {
            return later(nil, reason: "\(error)", note: nil, job: job)
        }
    }

    /// How one attempt went.
    private struct Attempt {
        var verdict: DeliveryVerdict
        var sign: HostSign
        /// The status, or how it failed.
        var result: String
        /// What the peer said.
        var note: String?
    }

    private func attempt(_ activity: StoredActivity, to inbox: URI, job: Job) async throws -> Attempt {
        let started = ContinuousClock.now
        let attempt: Attempt
        do {
            let response = try await client.post(Array(activity.body.utf8), to: inbox, as: activity.actor)
            let retryAfter = response.retryAfter(now: Date())
            attempt = Attempt(
                verdict: .of(status: response.status, retryAfter: retryAfter, attempt: job.attempts),
                sign: .of(status: response.status, retryAfter: retryAfter), result: String(response.status),
                note: Self.note(response.body))
        } catch let error as OutboundError {
            attempt = Attempt(verdict: .of(error), sign: .of(error), result: error.rawValue)
        }
        logger.info(
            "sent",
            metadata: [
                "activity": "\(activity.uri)", "type": "\(activity.kind)", "to": "\(inbox)",
                "status": "\(attempt.result)", "attempt": "\(job.attempts)",
                "milliseconds": "\((ContinuousClock.now - started) / .milliseconds(1))",
            ])
        return attempt
    }

    private func report(_ attempt: Attempt, about host: String, job: Job) async {
        switch attempt.sign {
        case .answers: await health.answered(host, after: job.laneFailures)
        case .fails: await health.failed(host, because: attempt.result)
        case .asksForTime(let pause): await health.pause(host, for: pause, because: attempt.result)
        case .nothing: break
        }
    }

    private func outcome(of attempt: Attempt, order: DeliveryOrder, job: Job) async throws -> JobOutcome {
        switch attempt.verdict {
        case .delivered: return .done
        case .failed(let reason): return .dead(reason: reason, note: attempt.note)
        case .retry(let asked, let reason): return later(asked, reason: reason, note: attempt.note, job: job)
        case .gone: return try await close(order, note: attempt.note)
        case .lost: return try await resend(order, note: attempt.note, job: job)
        }
    }

    private func later(_ asked: Duration?, reason: String, note: String?, job: Job) -> JobOutcome {
        guard let wait = schedule.wait(afterAttempt: job.attempts, spread: .random(in: 0..<1)) else {
            return .dead(reason: reason, note: note)
        }
        return .retry(after: max(wait, asked ?? .zero), reason: reason, note: note)
    }

    /// A shared inbox that is gone takes its host with it, a personal one what waits for it.
    private func close(_ order: DeliveryOrder, note: String?) async throws -> JobOutcome {
        if try await database.isSharedInbox(order.inbox) {
            await health.gone(order.inbox.authority)
            return .dead(reason: "answered 410: the host is gone", note: note)
        }
        try await queue.dropWaiting(
            lane: order.inbox.authority, containing: ["inbox": .string(order.inbox.string)],
            urgentDiesFor: "the inbox is gone", on: database)
        return .dead(reason: "answered 410: the inbox is gone", note: note)
    }

    private func resend(_ order: DeliveryOrder, note: String?, job: Job) async throws -> JobOutcome {
        switch try await readdress(order.inbox) {
        case .moved(let inbox):
            var moved = order
            moved.inbox = inbox
            let isWritten = try await queue.redirect(
                job, payload: moved.payload, key: moved.key, lane: inbox.authority, on: database)
            return isWritten ? .retry(after: .zero, reason: "answered 404; goes to \(inbox)", note: note) : .done
        case .unknown: return .dead(reason: "answered 404, and no actor has the inbox", note: note)
        case .unchanged: return .dead(reason: "answered 404, and its actor names no other inbox", note: note)
        case .unreachable:
            return later(nil, reason: "answered 404, and its actor could not be asked", note: note, job: job)
        }
    }

    /// The first 200 printable bytes of what a peer said; nil for nothing.
    static func note(_ body: [UInt8]) -> String? {
        let printable = body.lazy.filter { (0x20...0x7E).contains($0) }.prefix(200)
        return printable.isEmpty ? nil : String(decoding: Array(printable), as: UTF8.self)
    }
}
