import ActivityStreams
import Foundation
package import HTTPSignatures
package import PostgreSQL
import Store
import Synchronization
package import Wire

/// Remembers for seven days which hosts want RFC 9421; all others are spoken to as every known peer understands.
package final class SignatureForms: Sendable {
    private struct Memory {
        let form: SignatureForm?
        let readAt: ContinuousClock.Instant
    }

    private let database: Pool
    /// What the table says, as it was a short while ago.
    private let memories = Mutex<[String: Memory]>([:])
    private static let held = 10_000
    private static let freshness = Duration.seconds(600)

    package init(database: Pool) { self.database = database }

    /// The form to begin with at an address.
    package func form(for uri: URI) async -> SignatureForm {
        let host = uri.authority
        if let memory = memories.withLock({ $0[host] }), .now - memory.readAt < Self.freshness {
            return memory.form ?? .draftCavage()
        }
        // A form that cannot be looked up is found out by knocking.
        let stored = try? await database.signatureForm(of: host)
        let form: SignatureForm? = stored == Self.messageSignature ? .messageSignature : nil
        hold(form, of: host)
        return form ?? .draftCavage()
    }

    /// Remembers that a host accepted this form after it had refused the other.
    package func remember(_ form: SignatureForm, for uri: URI) async {
        await write(form, host: uri.authority)
    }

    /// Begins with RFC 9421 at a host whose actors' `generator` lists it under `implements` (FEP-844e), unless it is
    /// known to accept something else.
    package func learn(implementing standards: [String], at uri: URI) async {
        guard standards.contains(Vocabulary.messageSignatures),
            (try? await database.signatureForm(of: uri.authority)) == nil
        else { return }
        await write(.messageSignature, host: uri.authority)
    }

    private static let messageSignature = "rfc9421"

    private func write(_ form: SignatureForm, host: String) async {
        hold(form == .messageSignature ? .messageSignature : nil, of: host)
        // Not written down means that the next process knocks once more.
        try? await database.rememberSignatureForm(
            form == .messageSignature ? Self.messageSignature : "draft-cavage", of: host)
    }

    private func hold(_ form: SignatureForm?, of host: String) {
        memories.withLock { memories in
            if memories.count >= Self.held { memories.removeAll() }
            memories[host] = Memory(form: form, readAt: .now)
        }
    }
}
