package import Federation
import Foundation
import HTTPSignatures
package import PostgreSQL
package import Social
package import UseCases
package import WebServer
import Wire

/// Decides who reads an ActivityStreams document. Every route that serves one asks here first, before it looks anything
/// up, so that what is refused tells nothing of what there is.
///
/// Servers that the community refuses get 403, a signature that proves nothing 401, and who reads too much 429. Without
/// a signature everybody reads what is public; in secure mode nobody does. What every server needs to make and check
/// its first signature stays readable without one: the instance actor, WebFinger, NodeInfo (SWICG, "ActivityPub and
/// HTTP Signatures").
package struct FetchGate: Sendable {
    package enum Reader: Sendable {
        /// Nobody has proved to be anybody.
        case nobody
        /// Who signed, a person or the actor of a server.
        case actor(Actor)

        package var actor: Actor? {
            if case .actor(let actor) = self { actor } else { nil }
        }
    }

    private let verifier: RequestVerifier
    private let domains: DomainPolicy
    private let limits: ReaderLimits
    private let database: Pool
    private let isSecure: Bool

    /// - Parameters:
    ///   - limits: how much each domain reads with a signature.
    ///   - isSecure: whether only signed requests read documents.
    package init(
        verifier: RequestVerifier, domains: DomainPolicy, limits: ReaderLimits, database: Pool, isSecure: Bool
    ) {
        self.verifier = verifier
        self.domains = domains
        self.limits = limits
        self.database = database
        self.isSecure = isSecure
    }

    /// Who reads; throws the ``Problem`` to answer where that is somebody who may not, or nobody where somebody must.
    package func reader(of exchange: Exchange) async throws -> Reader {
        guard domains.mode != .closed else { throw Problem.refusing(.closed) }
        guard exchange.isSigned else {
            guard !isSecure else { throw Problem.unproven("there is none") }
            return .nobody
        }
        let now = DateTime.cutToMilliseconds(Date())
        switch try await verifier.verify(exchange.signedMessage, from: exchange.client, at: now) {
        case .verified(let signer):
            if let wait = limits.take(signer.owner.host, at: now) { throw Problem.tooMany(retryAfter: wait) }
            return .actor(try await database.transaction { try await signer.actor(in: $0) })
        case .refused(let reason): throw Problem.unproven(reason)
        case .gone: throw Problem.unproven("its key is gone")
        case .forbidden(let refusal): throw Problem.refusing(refusal)
        case .tooMany(let wait): throw Problem.tooMany(retryAfter: wait)
        case .unreachable:
            // Whoever it is: what everybody may read need not wait until their server can be asked for a key.
            guard !isSecure else { throw Problem.unavailable }
            return .nobody
        }
    }

    /// For documents that are open to all who are not refused, the instance actor's alone: nobody is asked for a key,
    /// which could only be checked with this very document.
    package func open() throws {
        guard domains.mode != .closed else { throw Problem.refusing(.closed) }
    }

    /// A public document: kept by caches where everybody gets the same, for the given time.
    package func answer(_ answer: Answer, to reader: Reader, seconds: Int) -> Answer {
        isSecure || reader.actor != nil ? answer.privately : answer.publicly(seconds: seconds)
    }
}

extension Exchange {
    /// Whether the request claims to be signed, by draft-cavage or RFC 9421.
    var isSigned: Bool {
        field("signature") != nil || field("signature-input") != nil
            || field("authorization").map { $0.lowercased().hasPrefix("signature ") } == true
    }
}
