import Testing

/// What was awaited did not come in time.
struct NeverCame: Error, CustomStringConvertible {
    let what: String
    let patience: Duration
    let last: String

    var description: String { "Not within \(patience): \(what)." + (last.isEmpty ? "" : " Last seen: \(last)") }
}

/// How long is waited for what must come. On a machine with other work a program takes seconds to start.
let longestWait = Duration.seconds(90)

/// Asks again and again until there is an answer.
///
/// - Parameters:
///   - what: what is awaited, for the failure's text.
///   - lastSeen: the state of things when patience ends, for the failure's text.
/// - Throws: ``NeverCame`` after `patience`; at once what `answer` throws.
func eventually<Value>(
    _ what: String, within patience: Duration = longestWait, lastSeen: () async -> String = { "" },
    _ answer: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + patience
    while true {
        if let value = try await answer() { return value }
        guard .now < deadline else { throw NeverCame(what: what, patience: patience, last: await lastSeen()) }
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// Waits until a condition holds.
func eventually(
    _ what: String, within patience: Duration = longestWait, holds condition: () async throws -> Bool
) async throws {
    try await eventually(what, within: patience) { try await condition() ? () : nil }
}
