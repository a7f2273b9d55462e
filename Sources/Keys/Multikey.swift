/// The Multikey form of Ed25519 public keys: multibase `z`, then base58btc of `0xED 0x01` and the
/// 32 bytes (W3C Controlled Identifiers 1.0 section 2.2.2; FEP-521a).
package enum Multikey {
    private static let ed25519Prefix: [UInt8] = [0xED, 0x01]

    /// 34 bytes starting with `0xED` always give 47 base58 characters; one more is the `z`.
    private static let textLength = 48

    /// The `publicKeyMultibase` text of an Ed25519 key; nil for RSA, which has no use in this form.
    package static func text(for key: PublicKey) -> String? {
        key.ed25519Bytes.map { "z" + Base58.encode(ed25519Prefix + $0) }
    }

    /// Reads a `publicKeyMultibase` text; any other base or kind of key is refused.
    package static func publicKey(from text: String) throws(KeyError) -> PublicKey {
        guard text.utf8.count == textLength, text.utf8.first == UInt8(ascii: "z"),
            let bytes = Base58.decode(text.utf8.dropFirst(), maximumLength: textLength),
            bytes.count == 34, bytes.starts(with: ed25519Prefix)
        else { throw .notMultikey }
        return try PublicKey(ed25519Bytes: bytes.dropFirst(2))
    }
}
