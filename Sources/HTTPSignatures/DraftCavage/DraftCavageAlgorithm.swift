import Keys

/// What a draft-cavage signature says about its algorithm. Anything symmetric, with SHA-1 or unknown
/// does not become a value of this type.
enum DraftCavageAlgorithm: String, CaseIterable, Sendable {
    case rsaSHA256 = "rsa-sha256"
    case rsaSHA512 = "rsa-sha512"
    case ed25519
    /// "Ask the key" (draft-cavage-http-signatures-12 section 2.1.3).
    case hs2019
    /// No parameter at all.
    case none = ""

    init(parameter: ArraySlice<UInt8>?) throws(Refusal) {
        guard let parameter else {
            self = .none
            return
        }
        let known = Self.allCases.first {
            $0 != .none && ASCII.isSame(parameter, lowercase: $0.rawValue.utf8)
        }
        guard let known else { throw .forbiddenAlgorithm }
        self = known
    }

    /// The schemes to try with a key of a kind, in order; none if they do not belong together.
    func schemes(for key: KeyAlgorithm) -> [SignatureScheme] {
        switch (self, key) {
        case (.rsaSHA256, .rsa), (.none, .rsa): [.rsaSHA256]
        case (.rsaSHA512, .rsa): [.rsaSHA512]
        case (.hs2019, .rsa): [.rsaSHA256, .rsaSHA512]
        case (.ed25519, .ed25519), (.hs2019, .ed25519), (.none, .ed25519): [.ed25519]
        case (.ed25519, .rsa), (.rsaSHA256, .ed25519), (.rsaSHA512, .ed25519): []
        }
    }

    /// Whether `(created)` and `(expires)` may be signed; the draft forbids it for names that
    /// start with `rsa` (section 2.3).
    var allowsTimePseudoFields: Bool {
        switch self {
        case .rsaSHA256, .rsaSHA512: false
        case .ed25519, .hs2019, .none: true
        }
    }
}
