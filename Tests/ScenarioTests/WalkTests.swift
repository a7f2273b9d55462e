import JSONTree
import Testing

/// All that two people can do with a session, step by step, while their servers die in each gap.
extension Disturbed {
    @Suite struct WalkTests {
        private static let longestCourse = 8

        /// Sessions along every edge, a series, people who rate each other and ask for the next session, a mentee who
        /// says nothing: all at once, twice, so that each side dies in each gap.
        @Test(
            "wherever servers die between two steps, both sides agree, and each person is told once",
            arguments: [0, 3])
        func betweenTwoCommunities(firstDeath: Int) async throws {
            let graph = try SessionGraph.ofSessions()
            let sides = try await Pair.restored.sides
            let sessions = SessionWalk(graph.courses(longest: Self.longestCourse), of: graph, between: sides)
            let series = WalkedSeries(between: sides)
            let met = SessionWalk([try #require(graph.way(to: "completed"))], of: graph, between: sides)
            let reviews = met.rounds + met.sessions.flatMap { WalkedReviews(after: $0).rounds }
            let told = SessionWalk([try #require(graph.way(to: "begun/told"))], of: graph, between: sides)
            let silence = told.rounds + told.sessions.flatMap { WalkedSilence(after: $0).rounds }

            try await Death.walk(
                Round.sideBySide([sessions.rounds, series.rounds, reviews, silence]), of: sides.communities,
                deaths: Death.all.from(firstDeath))

            try await sessions.expectAgreement()
            let notifications = try await series.notifications()
            #expect(notifications.mentee == ["accepted", "accepted", "cancelled", "declined"])
            #expect(notifications.mentor == ["cancelled", "requested", "rescheduled"])
        }

        @Test("within one community both people see the same, wherever its server dies")
        func withinOneCommunity() async throws {
            let graph = try SessionGraph.ofSessions()
            let sides = try await Pair.restored.sidesAtHome()
            let sessions = SessionWalk(graph.courses(longest: Self.longestCourse), of: graph, between: sides)

            try await Death.walk(sessions.rounds, of: sides.communities, deaths: [.after(0), .amid(0)])

            try await sessions.expectAgreement()
        }

        @Test("the courses take every edge of the table, and reach every state")
        func coursesTakeEverything() throws {
            let graph = try SessionGraph.ofSessions()
            var (taken, reached) = (Set<String>(), Set<String>())
            for course in graph.courses(longest: Self.longestCourse) {
                var state = ""
                for edge in course {
                    taken.insert("\(state) \(edge)")
                    state = edge.target
                    reached.insert(state)
                }
            }
            let edges = graph.names.flatMap { name in graph[name].edges.map { "\(name) \($0)" } }
            #expect(taken == Set(edges + [" \(SessionGraph.first)"]))
            #expect(reached == Set(graph.names))
        }
    }
}
