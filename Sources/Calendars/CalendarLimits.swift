/// What one calendar may cost. What reads it is written in C and meets whatever an address gives: what goes wrong in it
/// ends with its process.
package struct CalendarLimits: Sendable {
    /// In bytes, of the text.
    package static let mostBytes = 5 << 20
    /// Of what comes out, once what overlaps is one.
    package static let mostTimes = 5000
    /// Steps through all rules by which its events repeat.
    static let mostRepetitions = 2_000_000

    /// In bytes, of the process.
    package var memory = 1 << 30
    /// In bytes, of what it may write.
    package var result = 1 << 20
    /// Of the processor, and by the clock twice as many.
    package var seconds = 10

    package init() {}
}
