import Foundation
import JSONTree
import Markdown
import Mentoring
import PostgreSQL
import Social
import Store
import UseCases
import WebServer
import Wire

extension WorkspaceRoutes {
    /// The notes that both write, and those that each keeps for themself.
    var notes: [Route] {
        let session = "/api/mentoring/sessions/{id}"
        return [
            Route(.get, "\(session)/notes", access: .token(.read)) { exchange in
                let entity = try await entity(try exchange.id(), try exchange.requireAccount().actor.id)
                return Self.answer(entity.stored.workspace.notes)
            },
            Route(.put, "\(session)/notes", access: .token(.write)) { try await write($0) },
            Route(.get, "\(session)/notes/versions", access: .token(.read)) { exchange in
                let (id, reader) = (try exchange.id(), try exchange.requireAccount().actor.id)
                guard try await database.session(id, for: reader) != nil else { throw Problem.notFound }
                let versions = try await database.noteVersions(of: id, limit: try exchange.limit())
                return Answer.json(["versions": .array(versions.map(\.json))]).privately
            },
            Route(.put, "\(session)/private-notes", access: .token(.write)) { try await keep($0) },
        ]
    }

    private func write(_ exchange: Exchange) async throws -> Answer {
        let (draft, named) = try exchange.read { fields in
            (
                fields.required("text", .text(length: SharedNotes.length)),
                fields.optional("version", .text(length: 36...36))
            )
        }
        let text = try SharedNotes.checked(draft)
        let upon = try await version(exchange, named)
        return Self.answer(try await change(exchange, .write(text, upon: upon)).notes)
    }

    /// The version upon which notes are written, as `If-Match` (RFC 9110 section 13.1.1) or the body names it; nil for
    /// the first notes of all. What cannot be the name of a version is none that stands.
    private func version(_ exchange: Exchange, _ named: String?) async throws -> UUID? {
        guard let condition = exchange.field("if-match") else {
            return named.map { UUID(uuidString: $0) ?? UUID() }
        }
        let tags = condition.split(separator: ",").map { $0.filter { $0 != " " } }
        let entity = try await entity(try exchange.id(), try exchange.requireAccount().actor.id)
        let current = entity.stored.workspace.notes
        guard let current, tags.contains("*") || tags.contains(Self.tag(current)) else {
            throw Problem(WorkspaceDesk.Overtaken(notes: current))
        }
        return current.id
    }

    private func keep(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        let id = try exchange.id()
        let text = try SharedNotes.checked(
            try exchange.read { $0.required("text", .text(length: SharedNotes.length)) })
        try await database.transaction { transaction in
            guard try await transaction.lockSession(id, for: account.actor.id) != nil else { throw Problem.notFound }
            try await transaction.setNote(text, on: id, by: account.actor.id)
        }
        return Answer.json(WorkspaceEntity.privateNotes(text)).privately
    }

    private static func answer(_ notes: SharedNotes?) -> Answer {
        let answer = Answer.json(notes.json).privately
        return notes.map { answer.with("etag", tag($0)) } ?? answer
    }

    private static func tag(_ notes: SharedNotes) -> String { "\"\(notes.id.uuidString.lowercased())\"" }
}
