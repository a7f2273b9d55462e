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
    private let client: GuardedClient
    private let keys: SigningKeys
    private let schedule: DeliverySchedule
    private let logger: Logger

    package init(
        database: Pool, client: GuardedClient, keys: SigningKeys, schedule: DeliverySchedule, logger: Logger
    ) {
        self.database = database
        self.client = client
        self.keys = keys
        self.schedule = schedule
        self.logger = logger
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let id = job.payload["activity"]?.string.flatMap({ Int64($0) }),
            let inbox = job.payload["inbox"]?.string.flatMap({ URI($0) })
        else { return .dead(reason: "payload names no activity or inbox") }
        do {
            guard let activity = try await database.activity(id: id) else { return .done }
            return outcome(of: try await attempt(activity, to: inbox, job: job), job: job)
        } catch {
            return outcome(of: .retry(after: nil, reason: "\(error)"), job: job)
        }
    }

    private func attempt(_ activity: StoredActivity, to inbox: URI, job: Job) async throws -> DeliveryVerdict {
        let started = ContinuousClock.now
        let signer = try await keys.signer(for: activity.actor)
        let verdict: DeliveryVerdict
        let status: String
        do throws(OutboundError) {
            let response = try await client.send(
                to: inbox, contentType: "application/activity+json", body: Array(activity.body.utf8), signer: signer)
            status = String(response.status)
            verdict = .of(
                status: response.status, retryAfter: response.retryAfter(now: Date()), attempt: job.attempts)
        } catch {
            status = error.rawValue
            verdict = .of(error)
        }
        logger.info(
            "sent",
            metadata: [
                "activity": "\(activity.uri)", "type": "\(activity.kind)", "to": "\(inbox)", "status": "\(status)",
                "attempt": "\(job.attempts)", "milliseconds": "\((ContinuousClock.now - started) / .milliseconds(1))",
            ])
        return verdict
    }

    private func outcome(of verdict: DeliveryVerdict, job: Job) -> JobOutcome {
        switch verdict {
        case .delivered: return .done
        case .failed(let reason): return .dead(reason: reason)
        case .retry(let asked, let reason):
            guard let wait = schedule.wait(afterAttempt: job.attempts, spread: .random(in: 0..<1)) else {
                return .dead(reason: reason)
            }
            return .retry(after: max(wait, asked ?? .zero), reason: reason)
        }
    }
}
