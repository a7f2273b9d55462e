import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import WebServer
import Wire

extension Input {
    /// - Parameter before: what counts where nothing is said.
    func filterDraft(now: Date, before: Filter? = nil) -> FilterDraft {
        FilterDraft(
            title: text("title") ?? before?.title ?? "",
            contexts: texts("context") ?? before?.contexts.map(\.rawValue) ?? [],
            action: text("filter_action") ?? before?.action.rawValue ?? Filter.Action.warn.rawValue,
            endsAt: filterEnd(now: now, before: before?.endsAt))
    }

    /// `expires_in` in seconds: absent changes nothing, empty is never.
    func filterEnd(now: Date, before: Date?) -> Date? {
        guard values["expires_in"] != nil else { return before }
        guard let seconds = integer("expires_in"), seconds > 0 else { return nil }
        return DateTime.cutToMilliseconds(now.addingTimeInterval(Double(min(seconds, 100 * 366 * 86_400))))
    }

    func keyword(before: Filter.Keyword? = nil) throws(FieldError) -> (text: String, isWholeWord: Bool) {
        (
            try FilterDraft.checked(keyword: text("keyword") ?? before?.text ?? ""),
            flag("whole_word") ?? before?.isWholeWord ?? false
        )
    }
}

/// What `keywords_attributes` wants of one keyword.
enum KeywordChange {
    case add(String, isWholeWord: Bool)
    case change(Int64, String?, isWholeWord: Bool?)
    case remove(Int64)

    static let tooMany = FieldError(
        field: "keywords_attributes", message: "A filter has at most \(Filter.most) keywords.")

    static func read(_ input: Input) throws(FieldError) -> [KeywordChange] {
        var changes: [KeywordChange] = []
        for entry in input.nestedList("keywords_attributes") ?? [] {
            let text = entry.text("keyword")
            if let id = entry.id("id") {
                if entry.flag("_destroy") == true {
                    changes.append(.remove(id))
                } else {
                    var checked: String?
                    if let text { checked = try FilterDraft.checked(keyword: text, field: "keywords_attributes") }
                    changes.append(.change(id, checked, isWholeWord: entry.flag("whole_word")))
                }
            } else if let text, entry.flag("_destroy") != true {
                changes.append(
                    .add(
                        try FilterDraft.checked(keyword: text, field: "keywords_attributes"),
                        isWholeWord: entry.flag("whole_word") ?? false))
            }
        }
        return changes
    }

    /// - Throws: where a number names no keyword of this filter, or there would be too many.
    static func apply(
        _ changes: [KeywordChange], to keywords: [Filter.Keyword], of filter: Int64, in transaction: Transaction
    ) async throws {
        var count = keywords.count
        for change in changes {
            switch change {
            case .add(let text, let isWholeWord):
                guard count < Filter.most else { throw tooMany }
                count += 1
                _ = try await transaction.insertKeyword(text, isWholeWord: isWholeWord, of: filter)
            case .change(let id, let text, let isWholeWord):
                let before = try known(id, in: keywords)
                try await transaction.updateKeyword(
                    id, text ?? before.text, isWholeWord: isWholeWord ?? before.isWholeWord)
            case .remove(let id):
                _ = try known(id, in: keywords)
                count -= 1
                try await transaction.deleteKeyword(id)
            }
        }
    }

    private static func known(_ id: Int64, in keywords: [Filter.Keyword]) throws -> Filter.Keyword {
        guard let keyword = keywords.first(where: { $0.id == id }) else { throw Problem.notFound }
        return keyword
    }
}
