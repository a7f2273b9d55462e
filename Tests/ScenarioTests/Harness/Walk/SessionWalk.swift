import JSONTree
import Synchronization
import Testing

/// Sessions of the same two people that go along courses of one graph, a step of each at a time.
struct SessionWalk: Sendable {
    let graph: SessionGraph
    let sides: SessionSides
    let sessions: [WalkedSession]

    init(_ courses: [[SessionGraph.Edge]], of graph: SessionGraph, between sides: SessionSides) {
        (self.graph, self.sides) = (graph, sides)
        sessions = courses.map { WalkedSession(along: $0, between: sides) }
    }

    /// One for each step of the longest course.
    var rounds: [Round] {
        (0..<(sessions.map(\.course.count).max() ?? 0)).map { number in
            let walking = sessions.filter { $0.course.indices.contains(number) }
            let steps = walking.map { session in
                Round.Step(at: sides[session.course[number].by].community) { try await session.take(number) }
            }
            return Round(steps) {
                for session in walking { session.follow(number) }
                try await bothSee(walking)
            }
        }
    }

    /// Waits until both sides show of every session what must be, and the same.
    private func bothSee(_ walking: [WalkedSession]) async throws {
        let wanted = Set(walking.map(\.uri))
        let waited = Mutex("")
        try await eventually("both sides agree", lastSeen: { waited.withLock(\.self) + sides.logs }) {
            let (mentees, mentors) = (try await sides.mentee.sessions(wanted), try await sides.mentor.sessions(wanted))
            let missing = walking.filter { session in
                guard let mentees = mentees[session.uri], let mentors = mentors[session.uri] else { return true }
                let turn = graph[session.state].turn
                return !session.isSeen(mentees, by: .mentee, turn: turn)
                    || !session.isSeen(mentors, by: .mentor, turn: turn) || mentees.told != mentors.told
            }
            waited.withLock { text in
                text = missing.map { session in
                    let views = [mentees, mentors].map { $0[session.uri]?.serializedText() ?? "-" }
                    return ([session.expectation] + views).joined(separator: "\n")
                }.joined(separator: "\n\n")
            }
            return missing.isEmpty ? () : nil
        }
    }

    /// Expects that both tell the same of every session to the last word, and that each was told once of what the other
    /// did.
    func expectAgreement() async throws {
        let notifications = [try await sides.mentee.notifications(), try await sides.mentor.notifications()]
        for session in sessions {
            let views = [try await session.view(of: .mentee), try await session.view(of: .mentor)]
            #expect(views[0].told == views[1].told, "\(session.expectation)")
            for (party, (view, told)) in zip(Party.people, zip(views, notifications)) {
                let others = view["history"].list.filter { $0["by"]?.string != party.rawValue }
                #expect(
                    told[session.id(of: party)] ?? [] == others.compactMap { $0["what"]?.string },
                    "\(party): \(session.expectation)")
            }
        }
    }
}

extension Pair {
    var sides: SessionSides {
        SessionSides(mentee: Side(community: ateneo, person: mika), mentor: Side(community: barrio, person: noor))
    }

    /// Mika, and a mentor of Mika's own community.
    func sidesAtHome() async throws -> SessionSides {
        let mentor = try await ateneo.welcomeMentor("lucia\(Int.random(in: 0..<1_000_000))")
        return SessionSides(
            mentee: Side(community: ateneo, person: mika), mentor: Side(community: ateneo, person: mentor))
    }
}
