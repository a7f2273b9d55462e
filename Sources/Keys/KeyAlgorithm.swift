import COpenSSL

/// The kinds of key that this module makes and accepts.
package enum KeyAlgorithm: String, CaseIterable, Sendable {
    /// RSA; made with 2048 bits, the length that every known peer handles.
    case rsa
    /// Ed25519 (RFC 8032).
    case ed25519
}

/// How a signature is made with a key.
package enum SignatureScheme: String, CaseIterable, Sendable {
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2).
    case rsaSHA256 = "rsa-sha256"
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    case rsaSHA512 = "rsa-sha512"
    /// RSASSA-PSS with SHA-512, MGF1 of the same and a salt of 64 bytes (RFC 8017 section 8.1, RFC 9421 section 3.3.1).
    case rsaPSSSHA512 = "rsa-pss-sha512"
    /// Ed25519 without prehash or context (RFC 8032 section 5.1).
    case ed25519

    /// The only kind of key that the scheme can be used with.
    package var keyAlgorithm: KeyAlgorithm {
        switch self {
        case .rsaSHA256, .rsaSHA512, .rsaPSSSHA512: .rsa
        case .ed25519: .ed25519
        }
    }

    /// What the scheme hashes the message with before the key's own operation; none for Ed25519,
    /// which hashes inside.
    var digest: DigestAlgorithm? {
        switch self {
        case .rsaSHA256: .sha256
        case .rsaSHA512, .rsaPSSSHA512: .sha512
        case .ed25519: nil
        }
    }

    /// Sets the padding where it is not OpenSSL's usual one; the mask is made with the message's own hash by default.
    func configure(_ context: OpaquePointer?) -> Bool {
        switch self {
        case .rsaSHA256, .rsaSHA512, .ed25519: true
        case .rsaPSSSHA512:
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1
        }
    }
}

extension KeyAlgorithm {
    /// The scheme used where nothing else is asked for.
    package var preferredScheme: SignatureScheme {
        switch self {
        case .rsa: .rsaSHA256
        case .ed25519: .ed25519
        }
    }
}

/// Which RSA keys are accepted; the cost of checking a signature grows with both numbers.
struct RSALimits: Sendable {
    var modulusBits: ClosedRange<Int>
    var exponent: ClosedRange<UInt64>

    /// What is accepted from peers and from our own storage.
    static let standard = RSALimits(modulusBits: 2048...8192, exponent: 3...(1 << 32))
}
