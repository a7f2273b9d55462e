package import Foundation

/// How far ahead a community wants its people to leave or move what is agreed. Who is later may do it all the same, and
/// it is noted: a hard stop would only make people stay away. Illness is never late.
package struct Notice: Hashable, Sendable {
    /// Hours; 0 is none.
    package static let bounds = 0...336

    package var ofMentee: Int
    package var ofMentor: Int

    package init(ofMentee: Int = 24, ofMentor: Int = 2) {
        self.ofMentee = ofMentee
        self.ofMentor = ofMentor
    }

    /// From when on it is noted as late if that side leaves or moves the session; nil where nothing is agreed.
    package func lateFrom(_ session: Session, for role: Role) -> Date? {
        let hours =
            switch role {
            case .mentee: ofMentee
            case .mentor: ofMentor
            case .clock: 0
            }
        guard hours > 0 else { return nil }
        return session.agreedSlot?.start.addingTimeInterval(Double(-hours) * 3600)
    }
}
