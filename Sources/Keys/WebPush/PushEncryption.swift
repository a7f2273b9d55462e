/// Messages that only the program which subscribed can read, not the service that carries them: in the standard's form
/// and in that of its draft, which older programs know alone.
package enum PushEncryption: String, CaseIterable, Sendable {
    /// RFC 8291, on RFC 8188.
    case standard = "aes128gcm"
    /// draft-ietf-webpush-encryption-04, on draft-ietf-httpbis-encryption-encoding-03.
    case draft = "aesgcm"

    /// The longest message that is taken: with all that goes around it stays below the 4,096 bytes that every service
    /// carries (RFC 8030 section 7.2).
    package static let longestMessage = 3_900

    /// A message for one receiver.
    ///
    /// - Parameters:
    ///   - sender: made for this message alone.
    ///   - salt: 16 random bytes, for this message alone.
    package func seal(
        _ message: [UInt8], for receiver: PushReceiver, sender: P256KeyPair, salt: [UInt8]
    ) throws(KeyError) -> SealedPush {
        guard message.count <= Self.longestMessage else { throw .tooLong }
        guard salt.count == 16 else { throw .malformed }
        let secret = try sender.sharedSecret(with: receiver.key)
        switch self {
        case .standard: return try Self.standard(message, receiver, sender.publicKey, secret, salt)
        case .draft: return try Self.draft(message, receiver, sender.publicKey, secret, salt)
        }
    }

    /// RFC 8291 section 3.4.
    private static func standard(
        _ message: [UInt8], _ receiver: PushReceiver, _ sender: P256PublicKey, _ secret: [UInt8], _ salt: [UInt8]
    ) throws(KeyError) -> SealedPush {
        let info = Array("WebPush: info\0".utf8) + receiver.key.point + sender.point
        let key = HKDF.expand(HKDF.extract(salt: receiver.secret, secret: secret), info: info, length: 32)
        return SealedPush(
            body: try encode(message, key: key, salt: salt, keyID: sender.point),
            fields: [("content-encoding", PushEncryption.standard.rawValue)])
    }

    /// RFC 8188 with a single record, which ends in the delimiter 2 and nothing behind it: some programs look at the
    /// last byte.
    static func encode(_ message: [UInt8], key: [UInt8], salt: [UInt8], keyID: [UInt8]) throws(KeyError) -> [UInt8] {
        let inner = HKDF.extract(salt: salt, secret: key)
        let record = try AES128GCM.seal(
            message + [2],
            key: HKDF.expand(inner, info: Array("Content-Encoding: aes128gcm\0".utf8), length: AES128GCM.keyLength),
            nonce: HKDF.expand(inner, info: Array("Content-Encoding: nonce\0".utf8), length: AES128GCM.nonceLength))
        return salt + recordSize + [UInt8(clamping: keyID.count)] + keyID + record
    }

    /// 4,096 as four bytes.
    private static let recordSize: [UInt8] = [0, 0, 0x10, 0]

    /// Sections 3.2 to 3.4 and 4 of the draft; padding is none, told by two bytes in front.
    private static func draft(
        _ message: [UInt8], _ receiver: PushReceiver, _ sender: P256PublicKey, _ secret: [UInt8], _ salt: [UInt8]
    ) throws(KeyError) -> SealedPush {
        let shared = HKDF.expand(
            HKDF.extract(salt: receiver.secret, secret: secret), info: Array("Content-Encoding: auth\0".utf8),
            length: 32)
        let inner = HKDF.extract(salt: salt, secret: shared)
        let context = Array("P-256\0".utf8) + [0, 65] + receiver.key.point + [0, 65] + sender.point
        let body = try AES128GCM.seal(
            [0, 0] + message,
            key: HKDF.expand(
                inner, info: Array("Content-Encoding: aesgcm\0".utf8) + context, length: AES128GCM.keyLength),
            nonce: HKDF.expand(
                inner, info: Array("Content-Encoding: nonce\0".utf8) + context, length: AES128GCM.nonceLength))
        return SealedPush(
            body: body,
            fields: [
                ("content-encoding", PushEncryption.draft.rawValue),
                ("encryption", "salt=\(Base64.encode(salt, as: .urlSafe))"),
                ("crypto-key", "dh=\(Base64.encode(sender.point, as: .urlSafe))"),
            ])
    }
}

/// Who can read a message: what a program tells when it subscribes (RFC 8291 section 2).
package struct PushReceiver: Hashable, Sendable {
    package let key: P256PublicKey
    /// 16 bytes, which the service that carries messages does not know.
    package let secret: [UInt8]

    /// Nil unless the secret has 16 bytes and the key is a point of the curve.
    package init?(key: [UInt8], secret: [UInt8]) {
        guard secret.count == 16, let key = try? P256PublicKey(point: key) else { return nil }
        self.key = key
        self.secret = secret
    }
}

/// A message as it travels.
package struct SealedPush: Sendable {
    package let body: [UInt8]
    /// Header fields without which it cannot be read; names in lower case.
    package var fields: [(name: String, value: String)]
}
