import Foundation
package import HTTPSignatures
import Keys
package import Outbound
package import PostgreSQL
import Social
import Store
import Synchronization
package import Wire

/// The private keys of our actors, ready to sign what leaves the server.
package final class SigningKeys: Sendable {
    /// Which form of signature each host takes.
    package let forms: SignatureForms
    private let database: Pool
    /// Parsed keys by actor. Keys of ours never change while the server runs; at most this many are held.
    private let parsed = Mutex<[ActorID: HTTPSignatures.RequestSigner]>([:])
    private static let held = 10_000

    package init(database: Pool) {
        self.database = database
        forms = SignatureForms(database: database)
    }

    /// A signer for requests that speak for an actor of ours.
    package func signer(for actor: ActorID, form: SignatureForm = .draftCavage()) async throws
        -> some Outbound.RequestSigner
    {
        if let known = parsed.withLock({ $0[actor] }) { return ActorSigner(signer: known, form: form) }
        guard let stored = try await database.keys(of: actor).first(where: { $0.algorithm == .rsa }),
            let pem = stored.privatePEM
        else { throw SigningFailure.noKey }
        let signer = HTTPSignatures.RequestSigner(keyID: stored.uri, key: try PrivateKey(pem: pem))
        parsed.withLock { keys in
            if keys.count >= Self.held { keys.removeAll() }
            keys[actor] = signer
        }
        return ActorSigner(signer: signer, form: form)
    }
}

/// Why something of ours could not be signed.
package enum SigningFailure: Error, Equatable {
    case noKey
}

/// Signs each hop of a request anew.
private struct ActorSigner: Outbound.RequestSigner {
    let signer: HTTPSignatures.RequestSigner
    let form: SignatureForm

    func sign(_ request: Outbound.OutgoingRequest) throws -> [(name: String, value: String)] {
        let content = request.headers.first { $0.name == "content-type" }.map {
            HTTPSignatures.OutgoingRequest.Content(type: $0.value, bytes: request.body)
        }
        let message = HTTPSignatures.OutgoingRequest(
            method: request.method.rawValue, uri: request.uri, content: content)
        return try signer.fields(for: message, at: Date(), form: form).map { ($0.name, $0.value) }
    }
}
