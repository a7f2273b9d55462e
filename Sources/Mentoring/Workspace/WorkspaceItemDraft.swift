import Foundation
package import Wire

/// What somebody writes into a workspace, as it arrives.
package struct WorkspaceItemDraft: Sendable {
    package var kind: WorkspaceItem.Kind
    package var text: String
    package var link: String?
    /// Raw value of a `WorkspaceItem.Doer`.
    package var doer: String?
    /// `2027-03-01`.
    package var due: String?

    package init(
        kind: WorkspaceItem.Kind, text: String, link: String? = nil, doer: String? = nil, due: String? = nil
    ) {
        self.kind = kind
        self.text = text
        self.link = link
        self.doer = doer
        self.due = due
    }

    /// - Throws: what is wrong in `text`, `link`, `for`, `due`.
    package func checked() throws(InvalidFields) -> WorkspaceItem.Words {
        var checks = FieldChecks()
        let text = checks.text(text, "text", length: WorkspaceItem.textLength, lines: .one)
        let address = link.flatMap(Self.address)
        if kind == .link, address == nil {
            checks.fail("link", "Give a full address that begins with https://.")
        } else if kind != .link, link != nil {
            checks.fail("link", "Only links have an address.")
        }
        let doer = doer.flatMap(WorkspaceItem.Doer.init)
        if self.doer != nil, kind != .action || doer == nil {
            checks.fail(
                "for", kind == .action ? "Use mentee, mentor or both." : "Only actions say who does them.")
        }
        let day = due.flatMap { CalendarDay($0) }
        if due != nil, kind != .action || day == nil {
            checks.fail(
                "due", kind == .action ? "Use a day such as 2027-03-01." : "Only actions have a day.")
        }
        try checks.finish()
        return WorkspaceItem.Words(
            text: text, link: address, doer: kind == .action ? doer ?? .both : nil, due: day)
    }

    private static func address(_ text: String) -> URI? {
        URI(PlainText.trimmed(text)).flatMap { $0.scheme == .https ? $0 : nil }
    }
}

extension WorkspaceItem.Words {
    /// As another community tells them, made to fit; nil where nothing is left that could be shown.
    package init?(heard kind: WorkspaceItem.Kind, text: String, link: URI?, doer: String?, due: String?) {
        let text = PlainText.fitted(text, limit: WorkspaceItem.textLength.upperBound, lines: .one)
        guard !text.isEmpty else { return nil }
        guard kind == .link else {
            self.init(
                text: text, doer: kind == .action ? doer.flatMap(WorkspaceItem.Doer.init) ?? .both : nil,
                due: kind == .action ? due.flatMap { CalendarDay($0) } : nil)
            return
        }
        guard let link, link.scheme == .https else { return nil }
        self.init(text: text, link: link)
    }
}
