/// What somebody who has nothing but posts wants to happen, as they wrote it.
package enum TalkCommand: Hashable, Sendable {
    case accept
    /// With the words that came with it.
    case decline(String?)
    case cancel(String?)
    /// Another time; nil leaves it to the other of the two, or asks which times are free.
    case anotherTime(TalkTime?, String?)
    /// `session` alone: which times are free?
    case times
    /// Minutes and topic where they were given.
    case book(TalkTime, minutes: Int?, topic: String?)
    /// A number of a list that was told before.
    case choose(Int)
    case help
    /// Meant as a command, but with something that makes no sense.
    case faulty(TalkFault)
}

/// What is wrong in a time that somebody wrote.
package enum TalkFault: Error, Hashable, Sendable {
    case noSuchDay(String)
    case noTime
    case noSuchTime(String)
    case noSuchZone(String)
    /// Clocks are put forward over it.
    case skipped
    case past
}
