import Keys

/// The registered algorithms of RFC 9421 section 3.3 that are accepted, likeliest first.
///
/// The others need a shared secret or a kind of key that no known peer publishes. Their names do not become a value
/// of this type.
enum MessageSignatureAlgorithm: String, CaseIterable, Sendable {
    case rsaSHA256 = "rsa-v1_5-sha256"
    case rsaPSSSHA512 = "rsa-pss-sha512"
    case ed25519

    var scheme: SignatureScheme {
        switch self {
        case .rsaSHA256: .rsaSHA256
        case .rsaPSSSHA512: .rsaPSSSHA512
        case .ed25519: .ed25519
        }
    }
}
