import COpenSSL

/// Encryption that notices every change (AES-128 in Galois/Counter Mode, NIST SP 800-38D), with the tag of 16 bytes
/// behind the ciphertext. A nonce must never come twice with one key.
package enum AES128GCM {
    package static let keyLength = 16
    package static let nonceLength = 12
    package static let tagLength = 16

    /// - Parameter context: what is not in the message, but must be the same for who opens it.
    package static func seal(
        _ message: [UInt8], key: [UInt8], nonce: [UInt8], context: [UInt8] = []
    ) throws(KeyError) -> [UInt8] {
        guard key.count == keyLength, nonce.count == nonceLength else { throw .malformed }
        let sealed = [UInt8](unsafeUninitializedCapacity: message.count + tagLength) { output, count in
            guard let cipher = EVP_CIPHER_CTX_new() else { return }
            defer { EVP_CIPHER_CTX_free(cipher) }
            var written: CInt = 0
            var rest: CInt = 0
            guard EVP_EncryptInit_ex(cipher, EVP_aes_128_gcm(), nil, key, nonce) == 1,
                context.isEmpty
                    || EVP_EncryptUpdate(cipher, nil, &written, context, CInt(clamping: context.count)) == 1,
                EVP_EncryptUpdate(cipher, output.baseAddress, &written, message, CInt(clamping: message.count)) == 1,
                Int(written) == message.count, EVP_EncryptFinal_ex(cipher, nil, &rest) == 1,
                EVP_CIPHER_CTX_ctrl(
                    cipher, EVP_CTRL_AEAD_GET_TAG, CInt(tagLength), output.baseAddress?.advanced(by: message.count))
                    == 1
            else { return }
            count = message.count + tagLength
        }
        guard !sealed.isEmpty else {
            ErrorQueue.drain()
            throw .libraryFailure
        }
        return sealed
    }

    /// The message; nil where key, nonce or context are others, or a bit was changed.
    package static func open(_ sealed: [UInt8], key: [UInt8], nonce: [UInt8], context: [UInt8] = []) -> [UInt8]? {
        guard key.count == keyLength, nonce.count == nonceLength, sealed.count >= tagLength else { return nil }
        let ciphertext = Array(sealed.dropLast(tagLength))
        var tag = Array(sealed.suffix(tagLength))
        var isGenuine = false
        let message = [UInt8](unsafeUninitializedCapacity: ciphertext.count + 1) { output, count in
            guard let cipher = EVP_CIPHER_CTX_new() else { return }
            defer { EVP_CIPHER_CTX_free(cipher) }
            var written: CInt = 0
            var rest: CInt = 0
            guard EVP_DecryptInit_ex(cipher, EVP_aes_128_gcm(), nil, key, nonce) == 1,
                context.isEmpty
                    || EVP_DecryptUpdate(cipher, nil, &written, context, CInt(clamping: context.count)) == 1,
                EVP_DecryptUpdate(
                    cipher, output.baseAddress, &written, ciphertext, CInt(clamping: ciphertext.count)) == 1,
                Int(written) == ciphertext.count,
                EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, CInt(tagLength), &tag) == 1,
                EVP_DecryptFinal_ex(cipher, nil, &rest) == 1
            else { return }
            isGenuine = true
            count = ciphertext.count
        }
        guard isGenuine else {
            ErrorQueue.drain()
            return nil
        }
        return message
    }
}
