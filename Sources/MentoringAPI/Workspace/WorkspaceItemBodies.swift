import Foundation
import JSONTree
import Mentoring
import WebServer
import Wire

/// `POST /api/mentoring/sessions/{id}/items`.
struct WorkspaceItemBody {
    let draft: WorkspaceItemDraft

    init(_ exchange: Exchange) throws {
        draft = try exchange.read { fields in
            WorkspaceItemDraft(
                kind: fields.required("kind", .oneOf()), text: fields.required("text", .text(length: 0...2000)),
                link: fields.optional("link", .text(length: 1...URI.maximumLength)),
                doer: fields.optional("for", .text(length: 1...20)),
                due: fields.optional("due", .text(length: 1...20)))
        }
    }
}

/// `PATCH /api/mentoring/sessions/{id}/items/{item}`: other words, a tick, another place.
struct WorkspaceItemChangeBody {
    private let text: String?
    private let link: String?
    private let doer: FieldChange<String>
    private let due: FieldChange<String>
    private let done: Bool?
    private let before: FieldChange<String>

    init(_ exchange: Exchange) throws {
        self = try exchange.read { fields in
            WorkspaceItemChangeBody(
                text: fields.replacement("text", .text(length: 0...2000)),
                link: fields.replacement("link", .text(length: 1...URI.maximumLength)),
                doer: fields.change("for", .text(length: 1...20)), due: fields.change("due", .text(length: 1...20)),
                done: fields.replacement("done", .bool), before: fields.change("before", .text(length: 36...36)))
        }
    }

    private init(
        text: String?, link: String?, doer: FieldChange<String>, due: FieldChange<String>, done: Bool?,
        before: FieldChange<String>
    ) {
        self.text = text
        self.link = link
        self.doer = doer
        self.due = due
        self.done = done
        self.before = before
    }

    /// What is to be done, one after the other; nothing where nothing was said.
    func actions(on item: WorkspaceItem) throws -> [WorkspaceChange.Action] {
        var actions: [WorkspaceChange.Action] = []
        let words = item.words
        let draft = WorkspaceItemDraft(
            kind: item.kind, text: text ?? words.text, link: link ?? words.link?.string,
            doer: doer.value(instead: words.doer?.rawValue), due: due.value(instead: words.due?.description))
        let read = try draft.checked()
        if read != words { actions.append(.edit(item.id, read)) }
        if let done { actions.append(.tick(item.id, done)) }
        switch before {
        case .keep: break
        case .clear: actions.append(.place(item.id, before: nil))
        case .set(let name):
            guard let other = UUID(uuidString: name) else {
                throw FieldError(field: "before", message: "Give the id of another item, or null for the end.")
            }
            actions.append(.place(item.id, before: other))
        }
        return actions
    }
}

extension FieldChange<String> {
    fileprivate func value(instead known: String?) -> String? {
        switch self {
        case .keep: known
        case .clear: nil
        case .set(let value): value
        }
    }
}
