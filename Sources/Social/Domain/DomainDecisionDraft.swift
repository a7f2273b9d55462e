package import Wire

/// What somebody enters to decide about a domain.
package struct DomainDecisionDraft: Sendable {
    package var domain: String
    package var kind: DomainRule.Kind
    package var reason: String
    package var author: String

    package init(domain: String, kind: DomainRule.Kind, reason: String, author: String) {
        self.domain = domain
        self.kind = kind
        self.reason = reason
        self.author = author
    }

    package struct Checked: Sendable {
        package let domain: DomainName
        package let kind: DomainRule.Kind
        package let reason: String
        package let author: String
    }

    /// In Unicode scalars.
    static let mostReason = 1000
    static let mostAuthor = 200

    /// - Throws: all that is wrong, by field: `domain`, `reason`, `author`.
    package func checked(own community: Community) throws(InvalidFields) -> Checked {
        var errors: [FieldError] = []
        var name: DomainName?
        do throws(FieldError) { name = try Self.domain(domain) } catch { errors.append(error) }
        if name?.description == community.origin.host, kind != .allow {
            errors.append(FieldError(field: "domain", message: "That is this community itself."))
        }
        if reason.unicodeScalars.count > Self.mostReason {
            errors.append(FieldError(field: "reason", message: "Use at most 1000 characters."))
        }
        if !(1...Self.mostAuthor).contains(author.unicodeScalars.count) {
            errors.append(FieldError(field: "author", message: "Use 1 to 200 characters."))
        }
        guard let name, errors.isEmpty else { throw InvalidFields(errors) }
        return Checked(domain: name, kind: kind, reason: reason, author: author)
    }

    package static func domain(_ text: String) throws(FieldError) -> DomainName {
        if let name = DomainName(text) { return name }
        let message =
            text.utf8.allSatisfy { $0 < 0x80 }
            ? "Give a bare name such as e.example; a rule covers every name below it and every port."
            : "Give the domain as it travels, in letters of ASCII: names with others begin with xn--."
        throw FieldError(field: "domain", message: message)
    }
}
