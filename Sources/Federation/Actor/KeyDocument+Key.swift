import ActivityStreams
import Keys

extension KeyDocument {
    /// The key; nil when it can not be read or is not of a kind that we use.
    var key: PublicKey? {
        switch material {
        case .pem(let pem): try? PublicKey(pem: pem)
        case .multibase(let text): try? Multikey.publicKey(from: text)
        }
    }
}
