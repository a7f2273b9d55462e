import Keys

/// A secret that is handed out once and kept only as SHA-256: with 256 random bits, slow hashing would gain nothing.
enum Secret {
    static func make() -> String { SecureRandom.token() }

    /// Nil for what was never one.
    static func hash(_ secret: String) -> [UInt8]? {
        (20...200).contains(secret.utf8.count) ? Digest.sha256(Array(secret.utf8)) : nil
    }

    static func hash(made secret: String) -> [UInt8] { Digest.sha256(Array(secret.utf8)) }
}
