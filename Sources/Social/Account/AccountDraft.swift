import Foundation
package import Wire

/// What somebody enters to open an account, checked.
package struct AccountDraft: Sendable {
    package let username: Username
    /// Without white space around it; may be empty.
    package let name: String
    package let email: String
    package let password: String
    package let role: Account.Role

    /// In Unicode scalars.
    package static let mostNameLength = 100
    /// In bytes.
    package static let passwordLength = 12...1024

    /// - Throws: all that is wrong, by field: `username`, `name`, `email`, `password`.
    package init(username: String, name: String, email: String, password: String, role: Account.Role = .member)
        throws(InvalidFields)
    {
        var errors: [FieldError] = []
        let checkedName = Username(username)
        if checkedName == nil {
            errors.append(
                FieldError(
                    field: "username", message: "Use 1 to 30 of the characters a to z, 0 to 9 and _ (no capitals)."))
        }
        let trimmedName = name.trimmingCharacters(in: .whitespacesAndNewlines)
        if trimmedName.unicodeScalars.count > Self.mostNameLength || !Self.isOneLine(trimmedName) {
            errors.append(FieldError(field: "name", message: "Use one line of at most 100 characters."))
        }
        if !Self.isEmail(email) {
            errors.append(FieldError(field: "email", message: "Give one plain address such as ana@school.example."))
        }
        if !Self.passwordLength.contains(password.utf8.count) {
            errors.append(FieldError(field: "password", message: "Use 12 to 1024 bytes."))
        }
        guard let checkedName, errors.isEmpty else { throw InvalidFields(errors) }
        self.username = checkedName
        self.name = trimmedName
        self.email = email
        self.password = password
        self.role = role
    }

    /// A deliberately narrow idea of an address: what every mail program reads the same way. One `@`, a dotted host
    /// name, and a local part of letters, digits and single `.`, `_`, `+`, `-` in between; at most 254 bytes (RFC
    /// 5321).
    package static func isEmail(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254 else { return false }
        return isLocalPart(parts[0]) && isMailHost(parts[1])
    }

    private static func isLocalPart(_ bytes: Substring.UTF8View) -> Bool {
        guard (1...64).contains(bytes.count), let first = bytes.first,
            isLetterOrDigit(first) || first == UInt8(ascii: "_")
        else { return false }
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { isLetterOrDigit($0) || "_+-".utf8.contains($0) }
        }
    }

    /// At least two labels, the last not a number, as it would be in an IPv4 address.
    private static func isMailHost(_ bytes: Substring.UTF8View) -> Bool {
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, let top = labels.last, top.contains(where: { !isDigit($0) }) else { return false }
        return labels.allSatisfy { label in
            guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
            return isLetterOrDigit(first) && isLetterOrDigit(last)
                && label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        }
    }

    /// Neither control characters, which could end a header field of a mail, nor line separators.
    static func isOneLine(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: isDigit(byte)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
