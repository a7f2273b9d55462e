/// Who acts on a session.
package enum Role: String, CaseIterable, Sendable {
    /// Asked for the session; their community owns its Event.
    case mentee
    case mentor
    /// The community itself, without a person: timers and automatic answers.
    case clock
}

/// Whose copy of a session this is.
package enum Custody: String, CaseIterable, Sendable {
    /// Both parties are people of this community, or one is of a server that knows no sessions (`Session.inPosts`):
    /// there is only this copy.
    case here
    /// The mentee is ours: this copy decides.
    case owner
    /// The mentor is ours: the mentee's community decides, this copy follows.
    case mirror

    /// Whether who acts in that role acts here, rather than through another server.
    package func isHome(of role: Role) -> Bool {
        switch role {
        case .mentee: self != .mirror
        case .mentor: self != .owner
        case .clock: true
        }
    }
}
