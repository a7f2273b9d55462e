import Keys

/// What a signature says about its algorithm. The key decides what is tried; the claim can only narrow it.
enum ClaimedAlgorithm: Hashable, Sendable {
    case draftCavage(DraftCavageAlgorithm)
    /// None if there is no `alg` parameter.
    case messageSignature(MessageSignatureAlgorithm?)

    /// The schemes to try with a key of a kind, in order; none if they do not belong together.
    func schemes(for key: KeyAlgorithm) -> [SignatureScheme] {
        switch self {
        case .draftCavage(let algorithm): algorithm.schemes(for: key)
        case .messageSignature(let algorithm?): algorithm.scheme.keyAlgorithm == key ? [algorithm.scheme] : []
        case .messageSignature(nil):
            MessageSignatureAlgorithm.allCases.map(\.scheme).filter { $0.keyAlgorithm == key }
        }
    }
}
