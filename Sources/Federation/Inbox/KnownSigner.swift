import PostgreSQL
import Social
import Store
import Wire

/// The owner of a stored key, as far as a signature made with it proves anything.
///
/// It may come from memory and be out of date: another process may have deleted the actor or refreshed its key since.
/// Hence nothing is done for it without ``receive(_:in:)``.
struct KnownSigner: Hashable, Sendable {
    let actor: ActorID
    let uri: URI
    let handle: Handle
    let keyID: URI
    private let publicPEM: String

    init(key: StoredKey, owner: Actor) {
        actor = owner.id
        uri = owner.uri
        handle = owner.handle
        keyID = key.uri
        publicPEM = key.publicPEM
    }

    /// Whether it is worth to be held in memory: nobody is to fill that with long names.
    var isSmall: Bool { uri.string.utf8.count + keyID.string.utf8.count + publicPEM.utf8.count < 4_096 }

    /// Opens the work on an activity: the sender as stored now, and whether the activity's id is new; nil when the key
    /// is not, or no longer, that of this actor, or the actor is gone or called otherwise.
    func receive(_ activity: URI, in transaction: Transaction) async throws -> (sender: Actor, isNew: Bool)? {
        let reception = try await transaction.receive(activity, from: actor, at: uri.authority, signedWith: keyID)
        guard let reception, reception.publicPEM == publicPEM, reception.sender.goneAt == nil,
            reception.sender.uri == uri, reception.sender.handle == handle
        else { return nil }
        if !reception.isHostKnown { try await transaction.rememberHost(uri.authority) }
        return (reception.sender, reception.isNew)
    }
}
