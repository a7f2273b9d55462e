import JSONTree
import PostgreSQL
import Testing

/// Both people in one community: nothing travels, and all is as between two.
extension Undisturbed {
    @Suite struct LocalSessionTests {
        @Test func peopleOfOneCommunityAgreeAndCancel() async throws {
            let pair = try Pair.current
            let (ateneo, mika) = (pair.ateneo, pair.mika)
            let lena = try await ateneo.welcomeMentor("lena")
            let request = try await ateneo.ask(lena, as: mika)
            #expect(try await ateneo.notifications(of: request.id, to: lena) == ["requested"])

            let agreed = try await ateneo.post("/sessions/\(request.id)/respond", as: lena, ["action": "accept"])
            #expect(agreed["status"]?.string == "scheduled")
            let seen = try await ateneo.get("/sessions/\(request.id)", as: mika)
            #expect(seen["status"]?.string == "scheduled")
            #expect(seen["place"]?["link"]?.string == agreed["place"]?["link"]?.string)
            #expect(seen["mentor"]?["is_local"]?.bool == true)
            #expect(try await ateneo.notifications(of: request.id, to: mika) == ["accepted"])

            try await ateneo.patch("/sessions/\(request.id)", as: mika, ["status": "cancelled", "reason": "I am ill."])
            let ended = try await ateneo.get("/sessions/\(request.id)", as: lena)
            #expect(ended["status"]?.string == "cancelled")
            #expect(ended["ended"]?["reason"]?.string == "I am ill.")
            #expect(ended.history == ["requested", "accepted", "cancelled"])
            #expect(try await ateneo.notifications(of: request.id, to: lena) == ["requested", "cancelled"])

            let deliveries = try await ateneo.withDatabase { database in
                try await database.rows("select body from activities").map { try $0.get("body", as: String.self) }
            }
            #expect(!deliveries.contains { $0.contains(request.uri) })
        }
    }
}
