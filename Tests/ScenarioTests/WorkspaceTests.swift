import JSONTree
import Testing

/// What two people keep about their session, while the servers of both come and go.
extension Disturbed {
    @Suite struct WorkspaceTests {
        @Test func whatEachWritesWhileTheOthersServerIsAwayIsOnBothSidesInTheEnd() async throws {
            let pair = try await Pair.restored
            let session = try await pair.agreed()
            #expect(await pair.barrio.stop() == .success)
            let point = try await session.addAsMentee("What to show first")
            await pair.ateneo.kill()
            try await pair.barrio.start()
            try await session.addAsMentor("What I have read")
            let before = try await session.workspaceOfMentor()
            #expect(before["waiting"]?.bool == true)
            #expect(before.agenda == ["What I have read"])
            await pair.barrio.kill()

            try await pair.ateneo.start()
            try await pair.barrio.start()

            try await session.bothHave(["What I have read", "What to show first"])

            try await pair.barrio.patch(
                "/sessions/\(session.mirror)/items/\(point)", as: pair.noor, ["done": true])
            await pair.barrio.kill()
            try await pair.barrio.start()
            try await eventually("the tick is known to the mentee", lastSeen: { pair.logs }) {
                let agenda = try await session.workspaceOfMentee()["agenda"].list
                return agenda.contains { $0["id"]?.string == point && $0["done_by"]?.string == "mentor" } ? () : nil
            }
            try await session.bothHave(["What I have read", "What to show first"])
        }
    }
}

extension SharedSession {
    /// Gives the id of the point.
    fileprivate func addAsMentee(_ text: String) async throws -> String {
        let item = try await pair.ateneo.post(
            "/sessions/\(id)/items", as: pair.mika, ["kind": "agenda", "text": .string(text)])
        return item["id"]?.string ?? ""
    }

    fileprivate func addAsMentor(_ text: String) async throws {
        try await pair.barrio.post(
            "/sessions/\(mirror)/items", as: pair.noor, ["kind": "agenda", "text": .string(text)])
    }

    fileprivate func workspaceOfMentee() async throws -> JSON {
        try await pair.ateneo.get("/sessions/\(id)/workspace", as: pair.mika)
    }

    fileprivate func workspaceOfMentor() async throws -> JSON {
        try await pair.barrio.get("/sessions/\(mirror)/workspace", as: pair.noor)
    }

    /// Waits until both show the same agenda, with these points in whatever order, and nothing is on its way.
    fileprivate func bothHave(_ points: [String]) async throws {
        try await eventually("both show the same agenda", lastSeen: { pair.logs }) {
            let sides = (try await workspaceOfMentee(), try await workspaceOfMentor())
            guard sides.0["agenda"] == sides.1["agenda"], sides.1["waiting"]?.bool == false,
                sides.0.agenda.sorted() == points
            else { return nil as Void? }
            return ()
        }
    }
}

extension JSON {
    fileprivate var agenda: [String] { self["agenda"].list.compactMap { $0["text"]?.string } }
}
