package import Foundation
package import Wire

/// A filter as somebody enters it.
package struct FilterDraft: Sendable {
    package var title: String
    /// Raw values of contexts.
    package var contexts: [String]
    /// Raw value of an action.
    package var action: String
    package var endsAt: Date?

    package init(title: String, contexts: [String], action: String = Filter.Action.warn.rawValue, endsAt: Date? = nil) {
        self.title = title
        self.contexts = contexts
        self.action = action
        self.endsAt = endsAt
    }

    /// - Throws: everything that is wrong, in `title`, `context`, `filter_action`.
    package func checked() throws(InvalidFields) -> (
        title: String, contexts: Set<Filter.Context>, action: Filter.Action
    ) {
        var errors: [FieldError] = []
        let title = title.trimmingCharacters(in: .whitespacesAndNewlines)
        if !(1...Filter.mostTitle).contains(title.unicodeScalars.count) || title.utf8.contains(0) {
            errors.append(FieldError(field: "title", message: "Use 1 to \(Filter.mostTitle) characters."))
        }
        let known = contexts.map(Filter.Context.init)
        if known.isEmpty || known.contains(nil) {
            let names = Filter.Context.allCases.map(\.rawValue).joined(separator: ", ")
            errors.append(FieldError(field: "context", message: "Name one or more of \(names)."))
        }
        let action = Filter.Action(rawValue: action)
        if action == nil { errors.append(FieldError(field: "filter_action", message: "Use warn or hide.")) }
        guard errors.isEmpty else { throw InvalidFields(errors) }
        return (title, Set(known.compactMap(\.self)), action ?? .warn)
    }

    /// - Throws: what is wrong, in `field`.
    package static func checked(keyword: String, field: String = "keyword") throws(FieldError) -> String {
        let text = keyword.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...Filter.mostKeyword).contains(text.unicodeScalars.count), !text.utf8.contains(0) else {
            throw FieldError(field: field, message: "Use 1 to \(Filter.mostKeyword) characters.")
        }
        return text
    }
}
