import ActivityStreams
package import Foundation
package import HTTPSignatures
import JSONTree
package import Logging
package import PostgreSQL
import Social
import Store
import Wire

/// Takes activities from other servers: verifies, applies and stores them in one transaction, and only then says so.
package struct Inbox: Sendable {
    package enum Answer: Equatable, Sendable {
        /// 202: committed.
        case accepted(Disposition)
        /// 401: not proven to come from the actor.
        case unauthorised(String)
        /// 400: authenticated, but no activity.
        case malformed(String)
        /// 503: the sender should try again.
        case unavailable
        /// 202 without effect: the sender's actor is gone.
        case gone
    }

    private let database: Pool
    private let verifier: RequestVerifier
    private let handlers: HandlerTable

    package init(database: Pool, verifier: RequestVerifier, handlers: HandlerTable) {
        self.database = database
        self.verifier = verifier
        self.handlers = handlers
    }

    package func receive(_ request: RequestMessage, at now: Date, logger: Logger) async throws -> Answer {
        let started = ContinuousClock.now
        let sender: RequestVerifier.Signer
        switch try await verifier.verify(request, at: now) {
        case .verified(let signer): sender = signer
        case .refused(let reason):
            logger.info("refused", metadata: ["signature": "\(reason)"])
            return .unauthorised(reason)
        case .unreachable: return .unavailable
        case .gone: return .gone
        }

        let activity: ReceivedActivity
        do {
            let document = try JSON.parse(request.body)
            if let actor = document.uri("actor"), actor != sender.owner {
                return .unauthorised("the key belongs to another actor")
            }
            activity = try ReceivedActivity(document)
        } catch let error as JSONError {
            return .malformed("not JSON: \(error.reason) at byte \(error.offset)")
        } catch let error as ReceivedActivity.Refusal {
            return .malformed("not an activity: \(error)")
        }

        let disposition = try await apply(activity, from: sender)
        logger.info(
            "received",
            metadata: [
                "activity": "\(activity.id)", "type": "\(activity.type)", "from": "\(activity.actor)",
                "signature": "verified", "outcome": "\(disposition.label)",
                "milliseconds": "\((ContinuousClock.now - started) / .milliseconds(1))",
            ])
        return .accepted(disposition)
    }

    private func apply(_ activity: ReceivedActivity, from sender: RequestVerifier.Signer) async throws -> Disposition {
        let handlers = handlers.handlers(for: activity)
        guard !handlers.isEmpty else { return .ignored(.unknownType) }
        do {
            return try await database.transaction { transaction in
                let actor = try await sender.actor(in: transaction)
                let isNew = try await transaction.markReceived(activity.id, from: actor.id)
                for handler in handlers where isNew || handler.hearsRepetitions {
                    if let disposition = try await handler.apply(activity, from: actor, in: transaction) {
                        guard disposition.leavesTraces else { throw NothingToKeep(disposition: disposition) }
                        return disposition
                    }
                }
                throw NothingToKeep(disposition: .ignored(isNew ? .unknownObject : .duplicate))
            }
        } catch let nothing as NothingToKeep {
            return nothing.disposition
        }
    }
}

/// Rolls back what a stranger's activity would leave behind though it means nothing here: most of what servers send
/// concerns somebody else, and would fill the tables.
private struct NothingToKeep: Error {
    let disposition: Disposition
}

extension Disposition {
    fileprivate var leavesTraces: Bool { self != .ignored(.notForUs) && self != .ignored(.unknownObject) }
}
