package import Foundation
package import Wire

/// One line of what two people keep about their session: a point of the agenda, a link, something to bring along, a
/// topic that came up, or something to do.
package struct WorkspaceItem: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case agenda, link
        /// Of the side that wrote it, for itself; the other only reads it.
        case checklist
        case topic, action

        /// Whether it can be ticked off.
        package var isDoable: Bool { self == .agenda || self == .checklist || self == .action }
    }

    /// Who is to do something.
    package enum Doer: String, CaseIterable, Sendable {
        case mentee, mentor, both
    }

    /// What it says.
    package struct Words: Hashable, Sendable {
        package let text: String
        /// There exactly on links, and https.
        package let link: URI?
        /// On actions only.
        package let doer: Doer?
        package let due: CalendarDay?

        package init(text: String, link: URI? = nil, doer: Doer? = nil, due: CalendarDay? = nil) {
            self.text = text
            self.link = link
            self.doer = doer
            self.due = due
        }

        /// What kind of item says so much; nil where several could.
        package var kind: Kind? { link != nil ? .link : doer != nil ? .action : nil }
    }

    /// Who ticked it off, and when.
    package struct Tick: Hashable, Sendable {
        package let by: Role
        package let at: Date

        package init(by: Role, at: Date) {
            self.by = by
            self.at = at
        }
    }

    package static let textLength = 1...300
    /// Of all kinds together.
    package static let mostOfOneSide = 100

    package let id: UUID
    package let kind: Kind
    package let by: Role
    package let at: Date
    package internal(set) var words: Words
    /// Set while it is done.
    package internal(set) var done: Tick?

    package init(id: UUID, kind: Kind, by: Role, at: Date, words: Words, done: Tick? = nil) {
        self.id = id
        self.kind = kind
        self.by = by
        self.at = at
        self.words = words
        self.done = done
    }
}
