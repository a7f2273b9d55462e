package import Wire

/// What somebody enters to open an account, checked.
package struct AccountDraft: Sendable {
    package let username: Username
    package let name: String
    package let email: String
    package let password: String
    package let role: Account.Role

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
        if name.count > 100 {
            errors.append(FieldError(field: "name", message: "Use at most 100 characters."))
        }
        if !Self.isEmail(email) {
            errors.append(FieldError(field: "email", message: "Give one plain address such as ana@school.example."))
        }
        if !Self.passwordLength.contains(password.utf8.count) {
            errors.append(FieldError(field: "password", message: "Use 12 to 1024 bytes."))
        }
        guard let checkedName, errors.isEmpty else { throw InvalidFields(errors) }
        self.username = checkedName
        self.name = name
        self.email = email
        self.password = password
        self.role = role
    }

    /// A deliberately narrow idea of an address: what every mail program reads the same way. One `@`, a dotted host
    /// name, and a local part of letters, digits and `.`, `_`, `+`, `-` in between.
    package static func isEmail(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].count), (3...253).contains(parts[1].count) else { return false }
        let isLocalByte: (UInt8) -> Bool = { isLetterOrDigit($0) || "._+-".utf8.contains($0) }
        guard parts[0].allSatisfy(isLocalByte), let first = parts[0].first, let last = parts[0].last,
            isLetterOrDigit(first) || first == UInt8(ascii: "_"), last != UInt8(ascii: ".")
        else { return false }
        let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
                return isLetterOrDigit(first) && isLetterOrDigit(last)
                    && label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
