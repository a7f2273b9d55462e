import COpenSSL

/// The hash functions of FIPS 180-4 that the project uses.
package enum DigestAlgorithm: String, CaseIterable, Sendable {
    case sha256 = "sha-256"
    case sha512 = "sha-512"

    /// Bytes in a digest.
    package var length: Int {
        switch self {
        case .sha256: 32
        case .sha512: 64
        }
    }

    /// OpenSSL's implementation.
    var implementation: OpaquePointer {
        switch self {
        case .sha256: FetchedDigests.sha256
        case .sha512: FetchedDigests.sha512
        }
    }
}

/// Hash implementations fetched once, because a fetch costs as much as hashing a kilobyte.
///
/// `nonisolated(unsafe)` invariant: set once by the runtime's `let` initialisation, never freed,
/// and OpenSSL treats a fetched `EVP_MD` as constant.
private enum FetchedDigests {
    nonisolated(unsafe) static let sha256 = fetch("SHA256")
    nonisolated(unsafe) static let sha512 = fetch("SHA512")

    private static func fetch(_ name: String) -> OpaquePointer {
        guard let digest = EVP_MD_fetch(nil, name, nil) else {
            fatalError("libcrypto has no \(name)")
        }
        return digest
    }
}

/// One-shot hashing.
package enum Digest {
    /// The SHA-256 of some bytes: 32 bytes.
    package static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
        digest(bytes, with: .sha256)
    }

    /// The SHA-512 of some bytes: 64 bytes.
    package static func sha512(_ bytes: some Collection<UInt8>) -> [UInt8] {
        digest(bytes, with: .sha512)
    }

    /// The digest of some bytes, ``DigestAlgorithm/length`` bytes long.
    package static func digest(
        _ bytes: some Collection<UInt8>,
        with algorithm: DigestAlgorithm
    ) -> [UInt8] {
        bytes.withBytes { input in
            [UInt8](unsafeUninitializedCapacity: algorithm.length) { output, count in
                let done = EVP_Digest(
                    input.baseAddress, input.count, output.baseAddress, nil,
                    algorithm.implementation, nil)
                guard done == 1 else { fatalError("libcrypto is out of memory") }
                count = algorithm.length
            }
        }
    }
}

/// Hashing of bytes that arrive in pieces.
package struct IncrementalDigest: ~Copyable {
    private let context: OpaquePointer
    private let algorithm: DigestAlgorithm

    /// Starts with no bytes.
    package init(_ algorithm: DigestAlgorithm) {
        guard let context = EVP_MD_CTX_new(),
            EVP_DigestInit_ex2(context, algorithm.implementation, nil) == 1
        else { fatalError("libcrypto is out of memory") }
        self.context = context
        self.algorithm = algorithm
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Appends a piece.
    package mutating func update(_ bytes: some Collection<UInt8>) {
        let done = bytes.withBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        guard done == 1 else { fatalError("libcrypto is out of memory") }
    }

    /// The digest of all pieces.
    package consuming func finish() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: algorithm.length) { output, count in
            guard EVP_DigestFinal_ex(context, output.baseAddress, nil) == 1 else {
                fatalError("libcrypto is out of memory")
            }
            count = algorithm.length
        }
    }
}
