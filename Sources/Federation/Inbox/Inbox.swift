import ActivityStreams
package import Foundation
package import HTTPSignatures
import JSONTree
package import Logging
package import PostgreSQL
package import Social
import Store
package import UseCases
package import Wire

/// Takes activities from other servers: verifies, applies and stores them in one transaction, and only then says so.
///
/// What is cheap comes first. Until the sender is proven nothing is written, and for senders that the community refuses
/// nothing is fetched.
package struct Inbox: Sendable {
    package enum Answer: Equatable, Sendable {
        /// 202: committed.
        case accepted(Disposition)
        /// 401: not proven to come from the actor.
        case unauthorised(String)
        /// 404: nobody here has this inbox.
        case noSuchInbox
        /// 403: the community has nothing to do with whom it comes from or is about.
        case forbidden(Judgement.Refusal)
        /// 400: authenticated, but no activity.
        case malformed(String)
        /// 429: too much from this domain, or too many wrong signatures from this address.
        case tooMany(retryAfter: TimeInterval)
        /// 503: more is being worked on and waits than this process can do.
        case crowded
        /// 503: the sender should try again.
        case unavailable
        /// 202 without further effect: the sender's actor is gone.
        case gone
    }

    private let database: Pool
    private let community: Community
    private let verifier: RequestVerifier
    private let domains: DomainPolicy
    private let limits: SenderLimits
    private let doorway: Doorway
    private let purge: ForgetGoneActor
    private let handlers: HandlerTable
    private let health: HostHealth?

    /// - Parameter health: learns which hosts are there, so that what waits for them goes on.
    package init(
        database: Pool, community: Community, verifier: RequestVerifier, domains: DomainPolicy, limits: SenderLimits,
        doorway: Doorway = Doorway(), purge: ForgetGoneActor, handlers: HandlerTable, health: HostHealth? = nil
    ) {
        self.database = database
        self.community = community
        self.verifier = verifier
        self.domains = domains
        self.limits = limits
        self.doorway = doorway
        self.purge = purge
        self.handlers = handlers
        self.health = health
    }

    /// Seconds after which a sender is to try again whose activity lost several races in a row.
    private static let pauseAfterRaces = 5.0

    /// Whether anything is taken at all: with federation closed nothing is even read.
    package var isOpen: Bool { domains.mode != .closed }

    /// - Parameters:
    ///   - name: whose inbox it is; nil for those of all.
    ///   - client: where the request comes from.
    package func receive(
        _ request: RequestMessage, for name: Username? = nil, from client: IPAddress, at now: Date, logger: Logger
    ) async throws -> Answer {
        guard isOpen else { return .forbidden(.closed) }
        guard await doorway.enter() else { return .crowded }
        defer { doorway.leave() }
        let answer = try await answer(to: request, for: name, from: client, at: now, logger: logger)
        switch answer {
        case .unauthorised(let reason): logger.info("refused", metadata: ["signature": "\(reason)"])
        case .forbidden(let refusal): logger.info("refused", metadata: ["domain": "\(refusal.rawValue)"])
        default: break
        }
        return answer
    }

    private func answer(
        to request: RequestMessage, for name: Username?, from client: IPAddress, at now: Date, logger: Logger
    ) async throws -> Answer {
        let started = ContinuousClock.now
        let claim: SignatureClaim
        switch verifier.read(request, from: client, at: now) {
        case .stopped(let outcome): return Self.answer(to: outcome)
        case .claim(let read): claim = read
        }
        let body = ParsedBody(request.body)
        if let refusal = await verifier.refusal(of: claim, naming: body.envelope?.hosts ?? []) {
            return .forbidden(refusal)
        }
        if let name, try await database.account(name) == nil { return .noSuchInbox }
        if let departing = body.envelope?.departing, try await database.actor(uri: departing) == nil {
            // Somebody who was never heard of leaves: there is nothing to forget, and no key left to ask for.
            return .gone
        }
        // First with what memory holds of the key; once more without it, where that proves out of date, or where no
        // transaction would show it.
        for memory in [true, false] {
            let sender: RequestVerifier.Signer
            switch try await verifier.verify(claim, from: client, at: now, outside: doorway, trusting: memory) {
            case .verified(let signer): sender = signer
            case .gone(let actor):
                if let actor, body.envelope?.departing == actor { try await purge.purge(actor) }
                return .gone
            case let outcome: return Self.answer(to: outcome)
            }
            guard sender.owner.authority != community.origin.authority else { return .unauthorised("a name of ours") }
            if memory, let wait = try await limits.take(sender.owner.host, authority: sender.owner.authority, at: now) {
                return .tooMany(retryAfter: wait)
            }
            let activity: ReceivedActivity
            switch body.activity(by: sender.owner, community: community) {
            case .success(let read): activity = read
            case .failure where memory: continue
            case .failure(let fault): return fault.answer
            }
            let handlers = handlers.handlers(for: activity)
            if handlers.isEmpty, memory { continue }
            guard let disposition = try await apply(activity, from: sender, by: handlers) else { continue }
            logger.info(
                "received",
                metadata: [
                    "activity": "\(activity.id)", "type": "\(activity.type)", "from": "\(activity.actor)",
                    "signature": "verified", "outcome": "\(disposition.label)",
                    "milliseconds": "\((ContinuousClock.now - started) / .milliseconds(1))",
                ])
            await health?.heard(from: sender.owner)
            if case .later(let wait) = disposition { return .tooMany(retryAfter: wait) }
            return .accepted(disposition)
        }
        return .unavailable
    }

    /// Nil when the sender's key turns out to prove nothing any more.
    private func apply(
        _ activity: ReceivedActivity, from signer: RequestVerifier.Signer, by handlers: [any ActivityHandler]
    ) async throws -> Disposition? {
        guard !handlers.isEmpty else { return .ignored(.unknownType) }
        do {
            return try await database.transaction(planning: .once) { transaction in
                guard let (sender, isNew) = try await signer.receive(activity.id, in: transaction) else {
                    throw NothingToKeep(disposition: nil)
                }
                for handler in handlers where isNew || handler.hearsRepetitions {
                    if let disposition = try await handler.apply(activity, from: sender, in: transaction) {
                        guard disposition.leavesTraces else { throw NothingToKeep(disposition: disposition) }
                        return disposition
                    }
                }
                throw NothingToKeep(disposition: .ignored(isNew ? .unknownObject : .duplicate))
            }
        } catch let nothing as NothingToKeep {
            return nothing.disposition
        } catch is TimeNotFree {
            // Others were faster, time and again, and the transaction saw each of them too late: what stands then
            // decides when the sender tries again.
            return .later(Self.pauseAfterRaces)
        }
    }

    private static func answer(to outcome: RequestVerifier.Outcome) -> Answer {
        switch outcome {
        case .refused(let reason): .unauthorised(reason)
        case .forbidden(let refusal): .forbidden(refusal)
        case .tooMany(let wait): .tooMany(retryAfter: wait)
        case .unreachable: .unavailable
        case .gone, .verified: .gone
        }
    }
}

/// Rolls back what a stranger's activity would leave behind though it means nothing here: most of what servers send
/// concerns somebody else, and would fill the tables.
private struct NothingToKeep: Error {
    let disposition: Disposition?
}

extension Disposition {
    fileprivate var leavesTraces: Bool {
        switch self {
        case .ignored(.notForUs), .ignored(.unknownObject), .refused(.malformed), .refused(.notOwner), .later: false
        case .applied, .ignored, .refused: true
        }
    }
}
