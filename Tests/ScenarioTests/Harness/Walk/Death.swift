import Synchronization

/// Which servers die by SIGKILL in a gap of a walk, and when they come back.
enum Death: Sendable {
    /// That community's, at once after the answers.
    case after(Int)
    /// That community's, as soon as the first answer has come: what it has not answered is cut off.
    case amid(Int)
    /// All of them at once after the answers.
    case together
    /// Each in turn before the round: meanwhile the people of the others take their steps.
    case away

    static let all: [Death] = [.after(0), .after(1), .amid(0), .amid(1), .together, .away]

    /// Goes from round to round, with a death in each gap. All servers run in the end.
    ///
    /// - Parameter deaths: those of the first gaps, which are repeated.
    static func walk(_ rounds: [Round], of communities: [Community], deaths: [Death]) async throws {
        for (number, round) in rounds.enumerated() {
            switch deaths[number % deaths.count] {
            case .after(let victim):
                try await round.take()
                try await communities[victim].killAndRestart()
            case .amid(let victim): try await kill(communities[victim], amid: round)
            case .together:
                try await round.take()
                try await each(of: communities) { await $0.kill() }
                try await each(of: communities) { try await $0.startAfterDeath() }
            case .away:
                for victim in communities {
                    await victim.kill()
                    try await round.take { $0 !== victim }
                    try await victim.startAfterDeath()
                }
            }
            try await round.arrives()
        }
    }

    private static func kill(_ victim: Community, amid round: Round) async throws {
        let answers = Mutex(0)
        async let steps: Void = round.take(onAnswer: { answers.withLock { $0 += 1 } })
        try await eventually("the first answer") { answers.withLock { $0 > 0 } }
        try await victim.killAndRestart()
        try await steps
    }

    private static func each(
        of communities: [Community], _ body: @escaping @Sendable (Community) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for community in communities { group.addTask { try await body(community) } }
            try await group.waitForAll()
        }
    }
}

extension [Death] {
    /// The same, begun elsewhere.
    func from(_ first: Int) -> [Death] { Array(self[first...] + self[..<first]) }
}
