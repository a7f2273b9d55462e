/// Why and where a text was refused as JSON.
package struct JSONError: Error, Equatable {
    /// What the text broke: a limit of ``JSON/Limits``, its encoding, or the grammar of RFC 8259.
    package enum Reason: String, Sendable, CaseIterable {
        case tooManyBytes, tooDeep, tooManyValues, stringTooLong, numberTooLong
        case byteOrderMark, invalidUTF8
        case unexpectedByte, unexpectedEnd, trailingBytes
        case malformedNumber, malformedEscape, controlCharacter
        /// An escaped half of a surrogate pair without its other half.
        case loneSurrogate
        /// An escaped U+0000, at which C libraries would end the text.
        case nulCharacter
        case duplicateKey
    }

    package let reason: Reason
    /// Bytes from the start of the text to where reading stopped.
    package let offset: Int
}
