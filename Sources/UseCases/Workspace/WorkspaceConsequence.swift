package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
import Wire

/// What changed in the workspace of a session, as those who act on it see it.
package struct WorkspaceNews: Sendable {
    package let session: Session
    package let mentee: Actor
    package let mentor: Actor
    /// Whose change it was; the other hears of it.
    package let by: Role
    package let parts: [Workspace.Part]
    package let workspace: Workspace
    /// What waits for being heard by the community that decides.
    package let waiting: [NumberedChange]
    package let at: Date

    package func actor(_ role: Role) -> Actor? {
        switch role {
        case .mentee: mentee
        case .mentor: mentor
        case .clock: nil
        }
    }
}

/// Something that must follow from a change in a workspace; it writes what is to be done in the same transaction.
package protocol WorkspaceConsequence: Sendable {
    func follow(_ news: WorkspaceNews, in transaction: Transaction) async throws
}
