import Foundation
import JSONTree
import PostgreSQL
import Synchronization
import Wire

/// A session that goes along a course of a graph, and what its two people must then see.
final class WalkedSession: Sendable {
    let course: [SessionGraph.Edge]
    let sides: SessionSides
    private let topic: String
    private let known = Mutex(Known())

    private struct Known {
        var uri = ""
        /// Its id on each side.
        var ids: [Party: String] = [:]
        var state = ""
        var revision = 0
        var start = ""
        /// The last time that the mentor has put forward.
        var proposed = ""
        /// The times of the steps, so that one that is repeated asks for the same.
        var times: [Int: String] = [:]
        /// How much had happened, as who acts saw it, before a step that was not answered.
        var before: [Int: Int] = [:]
    }

    init(along course: [SessionGraph.Edge], between sides: SessionSides) {
        (self.course, self.sides) = (course, sides)
        topic = Self.newTopic()
    }

    /// One that no other session has, by which it is found again.
    static func newTopic() -> String { "Walk \(UUID().uuidString.prefix(8))" }

    var uri: String { known.withLock(\.uri) }
    var state: String { known.withLock(\.state) }

    func id(of party: Party) -> String { known.withLock { $0.ids[party] ?? "" } }

    /// The session as one of the two reads it.
    func view(of party: Party) async throws -> JSON {
        try await sides[party].community.get("/sessions/\(id(of: party))", as: sides[party].person)
    }

    /// Takes the step with that number, or finds it done.
    func take(_ number: Int) async throws {
        let edge = course[number]
        if edge.action == .request { return try await request(number) }
        if edge.by == .clock { return try await pass(edge.action) }
        let happened = try await view(of: edge.by).history.count
        let before = known.withLock { known in
            known.before[number] = known.before[number] ?? happened
            return known.before[number]
        }
        if before == happened { try await perform(edge.action, by: edge.by, at: time(number)) }
    }

    /// Does something whether the session is in a state for it or not.
    func perform(_ action: Action, by party: Party, at time: String) async throws {
        let (side, path) = (sides[party], "/sessions/\(id(of: party))")
        let said = JSON.string("\(action.rawValue), says \(party)")
        func respond(_ members: JSON.Object) async throws {
            var body = members
            body["action"] = .string(action.rawValue)
            try await side.community.post("\(path)/respond", as: side.person, .object(body))
        }
        switch action {
        case .accept: try await respond([:])
        case .decline, .pickAgain: try await respond(["reason": said])
        case .propose: try await respond(["times": [.string(time)], "reason": said])
        case .ask: try await respond(["question": said])
        case .tell: try await respond(["answer": said])
        case .cancel:
            try await side.community.patch(path, as: side.person, ["status": "cancelled", "reason": said])
        case .move:
            try await side.community.patch(path, as: side.person, ["start": .string(time), "reason": said])
        case .met, .missed:
            let other: Party = party == .mentee ? .mentor : .mentee
            try await side.community.post("\(path)/outcome", as: side.person,
                ["\(party)_came": true, "\(other)_came": .bool(action == .met)])
        case .dispute: try await side.community.post("\(path)/dispute", as: side.person, ["reason": said])
        case .request, .begin, .expire: break
        }
    }

    /// Notes what holds once a step was taken.
    func follow(_ number: Int) {
        let edge = course[number]
        let time = time(number)
        known.withLock { known in
            known.state = edge.target
            switch (edge.by, edge.action) {
            case (.mentee, .move), (.mentee, .accept):
                known.revision += 1
                known.start = edge.action == .move ? time : known.proposed
            case (.mentor, .propose): known.proposed = time
            case (.mentee, .request): known.start = time
            case (.clock, .begin): known.start = Self.past(time)
            default: break
            }
        }
    }

    /// Whether a side shows what must be, and then its id there is known.
    func isSeen(_ view: JSON, by party: Party, turn: Party?) -> Bool {
        known.withLock { known in
            known.ids[party] = view["id"]?.string
            return SessionGraph.name(of: view) == known.state && view["revision"]?.int == known.revision
                && view["start"]?.string == known.start && view["waiting_on"]?.string == turn?.rawValue
        }
    }

    /// What must be, for failures.
    var expectation: String {
        known.withLock { "\($0.state) r\($0.revision) \($0.start) after \(course.map(\.description))" }
    }

    private func time(_ number: Int) -> String {
        known.withLock { known in
            let time = known.times[number] ?? Times.next()
            known.times[number] = time
            return time
        }
    }

    private func request(_ number: Int) async throws {
        let side = sides.mentee
        var made = try await side.newest(topic)
        if made == nil {
            made = try await side.community.post("/sessions", as: side.person,
                [
                    "mentor": .string(sides.mentor.person.handle), "type": "pana_support", "topic": .string(topic),
                    "start": .string(time(number)), "minutes": 30, "zone": "Europe/Berlin",
                ])
        }
        known.withLock { $0.uri = made?["uri"]?.string ?? "" }
    }

    /// Lets time pass for this session alone.
    private func pass(_ action: Action) async throws {
        let (uri, number) = (uri, course.firstIndex { $0.action == action } ?? 0)
        let start = Self.past(time(number))
        for community in action == .begin ? sides.communities : [sides.mentee.community] {
            try await community.withDatabase { database in
                if action == .begin {
                    _ = try await database.execute(
                        "update sessions set starts_at = \(start)::timestamptz where uri = \(uri)")
                } else {
                    _ = try await database.execute(
                        """
                        with late as (
                            update sessions set answer_by = now() - interval '1 minute' where uri = \(uri) returning id)
                        update jobs set due_at = now() from late
                        where kind = 'session.timer' and payload->>'session' = late.id::text
                        """)
                    _ = try await database.rows("select pg_notify('mentord_jobs', '')")
                }
            }
        }
    }

    /// A time long ago that no other session has.
    private static func past(_ time: String) -> String {
        DateTime.format((DateTime.parse(time) ?? .distantPast).addingTimeInterval(-200 * 86_400))
    }
}
