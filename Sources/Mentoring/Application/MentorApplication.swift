package import Foundation
package import Wire

/// What somebody wrote to become a mentor, and what became of it.
package struct MentorApplication: Hashable, Sendable {
    package static let textLength = 1...5000

    package enum State: String, CaseIterable, Sendable {
        case waiting, approved, refused
    }

    package struct Decision: Hashable, Sendable {
        /// Why not; nil is a yes.
        package let refusal: String?
        package let at: Date
        /// nil for who sat at the server itself.
        package let by: ActorID?

        package init(refusal: String?, at: Date, by: ActorID?) {
            self.refusal = refusal
            self.at = at
            self.by = by
        }
    }

    package let id: Int64
    package let applicant: ActorID
    package let text: String
    package let appliedAt: Date
    package let decision: Decision?

    package init(id: Int64, applicant: ActorID, text: String, appliedAt: Date, decision: Decision?) {
        self.id = id
        self.applicant = applicant
        self.text = text
        self.appliedAt = appliedAt
        self.decision = decision
    }

    package var state: State {
        guard let decision else { return .waiting }
        return decision.refusal == nil ? .approved : .refused
    }
}
