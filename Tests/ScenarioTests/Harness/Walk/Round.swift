/// What people do at the same time, each on their own, and what all sides must say afterwards.
struct Round: Sendable {
    struct Step: Sendable {
        /// Whose server it is asked of.
        let at: Community
        /// Does it, or finds it done: it is repeated when its answer was cut off.
        let take: @Sendable () async throws -> Void
    }

    let steps: [Step]
    /// Waits until all sides say what they must, and throws if they never do.
    let arrives: @Sendable () async throws -> Void

    init(_ steps: [Step], arrives: @escaping @Sendable () async throws -> Void) {
        self.steps = steps
        self.arrives = arrives
    }

    /// One step alone, which finds itself done where the second attempt is a conflict.
    init(
        at community: Community, _ step: @escaping @Sendable () async throws -> Void,
        arrives: @escaping @Sendable () async throws -> Void
    ) {
        self.init([Step(at: community) { try await unlessDone(step) }], arrives: arrives)
    }

    /// Several walks in one, round by round.
    static func sideBySide(_ walks: [[Round]]) -> [Round] {
        (0..<(walks.map(\.count).max() ?? 0)).map { number in
            let rounds = walks.compactMap { $0.indices.contains(number) ? $0[number] : nil }
            return Round(rounds.flatMap(\.steps)) { for round in rounds { try await round.arrives() } }
        }
    }

    /// - Parameter isOpen: which communities are asked; steps at others are left out.
    func take(
        where isOpen: (Community) -> Bool = { _ in true }, onAnswer: @escaping @Sendable () -> Void = {}
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for step in steps where isOpen(step.at) {
                group.addTask {
                    try await eventually("a step is acknowledged") { try await unlessCutOff(step.take) }
                    onAnswer()
                }
            }
            try await group.waitForAll()
        }
    }
}

/// nil when the server died before it answered, or asks to be asked again.
func unlessCutOff<Success>(_ call: () async throws -> Success) async throws -> Success? {
    do {
        return try await call()
    } catch is Unanswered {
        return nil
    } catch let refused as Refused where refused.status == 503 {
        return nil
    }
}

/// A step whose first attempt took effect, but was not answered, is a conflict the second time.
func unlessDone(_ step: () async throws -> Void) async throws {
    do { try await step() } catch let refused as Refused where refused.status == 409 {}
}
