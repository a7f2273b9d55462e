package import Wire

/// What somebody changes of their own profile; nil leaves a thing as it is.
package struct ProfileChange: Sendable {
    /// Plain text.
    package var name: String?
    package var summary: String?
    package var fields: [ProfileField]?
    package var isLocked: Bool?
    /// Whether a program speaks for the account.
    package var isAutomated: Bool?
    package var icon: PictureChange?
    package var header: PictureChange?
    package var isDiscoverable: Bool?
    package var isIndexable: Bool?
    /// Whether nobody else sees who follows and is followed.
    package var hidesCollections: Bool?
    /// Other accounts of the same person.
    package var aliases: [URI]?

    package enum PictureChange: Sendable {
        case set(Attachment)
        case removed
    }

    package init() {}

    /// In Unicode scalars.
    package static let mostSummary = 5000
    package static let mostFields = 16
    package static let mostFieldText = 255
    package static let mostAliases = 16

    /// - Throws: everything that is wrong, by field: `name`, `summary`, `fields`, `aliases`.
    package func checked() throws(InvalidFields) {
        var errors: [FieldError] = []
        func demand(_ isRight: Bool, _ field: String, _ message: String) {
            if !isRight { errors.append(FieldError(field: field, message: message)) }
        }
        if let name {
            demand(
                name.unicodeScalars.count <= AccountDraft.mostNameLength && AccountDraft.isOneLine(name), "name",
                "Use one line of at most \(AccountDraft.mostNameLength) characters.")
        }
        if let summary {
            demand(
                summary.unicodeScalars.count <= Self.mostSummary && !summary.utf8.contains(0), "summary",
                "Use at most \(Self.mostSummary) characters.")
        }
        if let fields {
            demand(fields.count <= Self.mostFields, "fields", "Give at most \(Self.mostFields) fields.")
            for (index, field) in fields.enumerated() {
                demand(
                    (1...Self.mostFieldText).contains(field.name.unicodeScalars.count)
                        && field.value.unicodeScalars.count <= Self.mostFieldText
                        && !(field.name + field.value).utf8.contains(0),
                    "fields[\(index)]", "Use a name and a value of at most \(Self.mostFieldText) characters each.")
            }
        }
        if let aliases {
            demand(aliases.count <= Self.mostAliases, "aliases", "Give at most \(Self.mostAliases) other accounts.")
        }
        guard errors.isEmpty else { throw InvalidFields(errors) }
    }
}
