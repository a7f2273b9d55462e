/// A session type that a mentor gives.
package struct MentorOffer: Hashable, Sendable {
    /// `SessionType.name` in the mentor's community.
    package let type: String
    /// nil is free.
    package let rate: Rate?

    package init(type: String, rate: Rate?) {
        self.type = type
        self.rate = rate
    }
}
