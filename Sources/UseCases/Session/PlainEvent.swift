package import Mentoring
package import Social

extension Session {
    /// Whether it is an event of somebody whose server knows events and no sessions (federation profile 5.3). It is
    /// changed and withdrawn where it was made, answered as events are, and told of in posts where an answer has no room.
    package func isPlainEvent(of mentee: Actor) -> Bool { custody == .mirror && !mentee.speaksMentoring }
}

extension SessionChange {
    /// Whether that party hears of it in posts.
    func isPosted(to role: Role) -> Bool {
        if session.inPosts == role { return true }
        guard role == .mentee, session.isPlainEvent(of: mentee), let kind = event?.happened.kind else { return false }
        return switch kind {
        case .accepted(let note, _): note != nil || session.place.link != nil
        case .declined(let reason), .cancelled(let reason): reason.text != nil
        case .proposed, .inquired, .expired, .reported, .disputed: true
        case .requested, .answerRenewed, .told, .proposalDeclined, .rescheduled, .confirmed, .settled, .reminded: false
        }
    }
}
