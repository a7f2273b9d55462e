import Foundation
import JSONTree
import Synchronization
import Wire

/// A request of somebody in the mentee's community, as that community answered it.
struct Request: Sendable {
    let id: String
    let uri: String
    let start: String
}

extension Pair {
    /// Mika asks Noor; the answer has come, the request may still be on its way.
    func ask(_ topic: String = "My portfolio", message: String = "") async throws -> Request {
        try await ateneo.ask(noor, as: mika, topic: topic, message: message)
    }

    /// The session on both sides, as soon as the request has arrived at Noor's.
    func arrived(_ request: Request) async throws -> SharedSession {
        let mirror = try await barrio.arrived(request.uri, for: noor, lastSeen: { logs })
        return SharedSession(pair: self, uri: request.uri, id: request.id, mirror: mirror)
    }

    /// Mika has asked Noor, and Noor has the request.
    func asked(_ topic: String = "My portfolio", message: String = "") async throws -> SharedSession {
        try await arrived(try await ask(topic, message: message))
    }

    /// Mika has asked Noor, who has accepted, and Mika knows.
    @discardableResult
    func agreed(_ topic: String = "My portfolio") async throws -> SharedSession {
        let session = try await asked(topic)
        try await session.answer(["action": "accept"])
        try await session.bothAre("scheduled")
        return session
    }
}

extension Community {
    func ask(
        _ mentor: Person, as mentee: Person, topic: String = "My portfolio", message: String = ""
    ) async throws -> Request {
        let start = Times.next()
        let session = try await post("/sessions", as: mentee,
            [
                "mentor": .string(mentor.handle), "type": "pana_support", "topic": .string(topic),
                "message": .string(message), "start": .string(start), "minutes": 30, "zone": "Europe/Berlin",
            ])
        return Request(id: session["id"]?.string ?? "", uri: session["uri"]?.string ?? "", start: start)
    }

    /// All sessions of somebody, newest first.
    func sessions(of person: Person) async throws -> [JSON] {
        var (all, page): ([JSON], String?) = ([], "")
        while let cursor = page {
            let answer = try await get("/sessions?limit=40\(cursor)", as: person)
            all += answer["sessions"].list
            page = answer["next"]?.string.map { "&before=\($0)" }
        }
        return all
    }

    /// This community's own id of a session that began elsewhere, as soon as somebody here has it.
    func arrived(
        _ uri: String, for person: Person, lastSeen: () async -> String = { "" }
    ) async throws -> String {
        try await eventually("\(uri) arrives at \(person.name)", lastSeen: lastSeen) {
            try await sessions(of: person).first { $0["uri"]?.string == uri }?["id"]?.string
        }
    }

    /// What somebody has been told of a session, oldest first.
    func notifications(of session: String, to person: Person) async throws -> [String] {
        let answer = try await get("/notifications?limit=40", as: person)
        let own = answer["notifications"].list.filter { $0["session"]?.string == session }
        return own.reversed().compactMap { $0["what"]?.string }
    }
}

/// A session between Mika in Ateneo and Noor in Barrio.
struct SharedSession: Sendable {
    let pair: Pair
    /// Its address, the same for both.
    let uri: String
    /// Its id in Ateneo and in Barrio.
    let id: String
    let mirror: String

    func menteeSide() async throws -> JSON { try await pair.ateneo.get("/sessions/\(id)", as: pair.mika) }

    func mentorSide() async throws -> JSON { try await pair.barrio.get("/sessions/\(mirror)", as: pair.noor) }

    /// Noor's answer to the request.
    func answer(_ body: JSON) async throws {
        try await pair.barrio.post("/sessions/\(mirror)/respond", as: pair.noor, body)
    }

    /// Mika's answer to a proposal.
    func answerProposal(_ body: JSON) async throws {
        try await pair.ateneo.post("/sessions/\(id)/respond", as: pair.mika, body)
    }

    /// Mika's change of the session.
    func changeAsMentee(_ body: JSON) async throws {
        try await pair.ateneo.patch("/sessions/\(id)", as: pair.mika, body)
    }

    /// Noor's change of the session.
    func changeAsMentor(_ body: JSON) async throws {
        try await pair.barrio.patch("/sessions/\(mirror)", as: pair.noor, body)
    }

    /// Waits until both sides tell what is expected.
    @discardableResult
    func both(_ what: String, _ condition: (JSON) -> Bool) async throws -> (mentee: JSON, mentor: JSON) {
        let states = Mutex("")
        return try await eventually("both sides \(what)", lastSeen: { states.withLock(\.self) + pair.logs }) {
            let sides = (mentee: try await menteeSide(), mentor: try await mentorSide())
            states.withLock { $0 = "\(sides.mentee.serializedText())\n\(sides.mentor.serializedText())" }
            return condition(sides.mentee) && condition(sides.mentor) ? sides : nil
        }
    }

    /// Waits until the session has a status on both sides.
    @discardableResult
    func bothAre(_ status: String) async throws -> (mentee: JSON, mentor: JSON) {
        try await both("are \(status)") { $0["status"]?.string == status }
    }

    func notificationsOfMentee() async throws -> [String] {
        try await pair.ateneo.notifications(of: id, to: pair.mika)
    }

    func notificationsOfMentor() async throws -> [String] {
        try await pair.barrio.notifications(of: mirror, to: pair.noor)
    }
}

extension Pair {
    var logs: String { [ateneo, barrio].logs }
}

extension [Community] {
    /// The last lines of their logs, for failures.
    var logs: String { map { "\n\($0.name):\n\($0.log.tail)" }.joined() }
}

extension JSON {
    /// What happened to a session, oldest first.
    var history: [String] { self["history"].list.compactMap { $0["what"]?.string } }
}

/// Times for sessions, an hour apart, so that no two of a mentor overlap.
enum Times {
    private static let given = Mutex(0)
    private static let first = Date(timeIntervalSinceNow: 7 * 86_400)

    static func next() -> String {
        let number = given.withLock { given in
            given += 1
            return given
        }
        return DateTime.format(DateTime.cutToMilliseconds(first.addingTimeInterval(3600 * Double(number))))
    }
}
