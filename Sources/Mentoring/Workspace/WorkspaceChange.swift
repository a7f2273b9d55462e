package import Foundation

/// What one of the two does to the workspace of their session.
package struct WorkspaceChange: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        /// The new item has the id of the change.
        case add(WorkspaceItem.Kind, WorkspaceItem.Words)
        case edit(UUID, WorkspaceItem.Words)
        case tick(UUID, Bool)
        /// Behind all others where no place is named.
        case place(UUID, before: UUID?)
        case remove(UUID)
        /// Writes the notes, upon the version that the writer has read. The new version has the id of the change.
        case write(String, upon: UUID?)
        case start(Date)
        case end(Date)

        /// Stable name, on the wire (`mnt:do`) and in what is kept.
        package var label: String {
            switch self {
            case .add: "add"
            case .edit: "edit"
            case .tick: "tick"
            case .place: "place"
            case .remove: "remove"
            case .write: "write"
            case .start: "start"
            case .end: "end"
            }
        }
    }

    package let id: UUID
    package let by: Role
    package let at: Date
    package let action: Action

    package init(id: UUID, by: Role, at: Date, action: Action) {
        self.id = id
        self.by = by
        self.at = at
        self.action = action
    }
}

package enum WorkspaceDecision: Hashable, Sendable {
    case applied(Workspace)
    /// Notes that were written upon others than those that stand.
    case setAside
    case refused(WorkspaceRefusal)
}

/// Why nothing happened.
package enum WorkspaceRefusal: String, CaseIterable, Error, Sendable {
    /// The session was declined, cancelled, or has expired.
    case ended
    case notAgreed = "not_agreed"
    case unknownItem = "unknown_item"
    case notYours = "not_yours"
    case notDoable = "not_doable"
    case full
    case tooEarly = "too_early"
    case tooLate = "too_late"
    case inFuture = "in_future"
    case alreadyStarted = "already_started"
    case notStarted = "not_started"
    case alreadyEnded = "already_ended"
    case endNotAfterStart = "end_not_after_start"
    case tooLong = "too_long"
    /// The other community has not answered for long.
    case unheard
}
