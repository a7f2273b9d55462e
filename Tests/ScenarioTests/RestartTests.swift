import JSONTree
import Testing

extension Disturbed {
    @Suite struct RestartTests {
        @Test func restartKeepsTokensSessionsProfilesAndNotifications() async throws {
            let pair = try await Pair.restored
            let pending = try await pair.asked("Waiting")
            let agreed = try await pair.agreed("Agreed")
            try await agreed.changeAsMentor(["notes": "Bring the query plans."])
            let before = try await Self.everything(in: pair)

            #expect(await pair.ateneo.stop() == .success)
            #expect(await pair.barrio.stop() == .success)
            try await pair.ateneo.start()
            try await pair.barrio.start()

            #expect(try await Self.everything(in: pair) == before)
            #expect(try await agreed.mentorSide()["notes"]?.string == "Bring the query plans.")
            try await pending.answer(["action": "accept"])
            try await pending.bothAre("scheduled")
        }

        private static func everything(in pair: Pair) async throws -> [JSON] {
            var answers: [JSON] = []
            for (community, person) in [(pair.ateneo, pair.mika), (pair.barrio, pair.noor)] {
                let sessions = try await community.sessions(of: person)
                answers += sessions
                for id in sessions.compactMap({ $0["id"]?.string }).prefix(10) {
                    answers.append(try await community.get("/sessions/\(id)", as: person))
                }
                answers.append(try await community.get("/notifications", as: person))
                answers.append(try await community.get("/discover", as: person))
            }
            answers.append(try await pair.barrio.get("/profile", as: pair.noor))
            return answers
        }
    }
}
