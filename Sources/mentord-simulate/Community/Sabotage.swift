import ArgumentParser

/// A promise that a community breaks on purpose, to see that somebody notices.
enum Sabotage: String, CaseIterable, ExpressibleByArgument {
    /// Says nothing a second time unasked.
    case neverRepeats
    /// An alarm that finds nothing due sets no other.
    case losesLateAlarms
    /// Leaves without an answer who relies on what it does not know.
    case deniesNothing
    /// Does not tell an owner who has forgotten a cancel of it.
    case revivesWhatIsOver
    /// Lets every answer speak of whatever stands now.
    case ignoresRevisions
    /// Does not compare which time was accepted.
    case ignoresTimes
    /// Accepts for its mentor what an owner calls agreed.
    case believesOwners
    /// Takes anybody's word for that of the other party.
    case believesStrangers
    case booksTwice
    case ignoresCancels
}
