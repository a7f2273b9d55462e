import JSONTree
import Testing

/// What the table of sessions does not name. Nothing dies here; but hundreds of steps want a pair for themselves.
extension Disturbed {
    @Suite struct RefusedStepTests {
        @Test(
            "whatever the table does not name is refused to each of the two in every state, and changes nothing",
            arguments: [false, true])
        func refusesEverythingElse(isAtHome: Bool) async throws {
            let graph = try SessionGraph.ofSessions()
            let pair = try await Pair.restored
            let sides = isAtHome ? try await pair.sidesAtHome() : pair.sides
            let walk = SessionWalk(try graph.names.map { try #require(graph.way(to: $0)) }, of: graph, between: sides)
            for round in walk.rounds {
                try await round.take()
                try await round.arrives()
            }
            for session in walk.sessions {
                let before = try await session.view(of: .mentee).told
                for (party, action) in Self.triples where !graph.allows(action, by: party, in: session.state) {
                    let what = "\(party) \(action): \(session.expectation)"
                    let refusal = await #expect(throws: Refused.self, "\(what)") {
                        try await session.perform(action, by: party, at: Times.next())
                    }
                    #expect([403, 409].contains(refusal?.status), "\(what)")
                }
                for party in Party.people {
                    #expect(try await session.view(of: party).told == before, "\(session.expectation)")
                }
            }
        }

        /// What each of the two can try. A mentor who moves a session puts a time forward, by another way.
        private static let triples: [(Party, Action)] = Party.people.flatMap { party in
            Action.allCases.filter { ![.request, .begin, .expire].contains($0) }.map { (party, $0) }
        }.filter { $0 != (.mentor, .move) }
    }
}
