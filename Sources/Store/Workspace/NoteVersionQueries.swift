package import Foundation
package import Mentoring
package import PostgreSQL
import Wire

/// A text that the shared notes had or should have had.
package struct NoteVersion: Hashable, Sendable {
    package enum Fate: String, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
        case waiting, taken
        case setAside = "set_aside"
    }

    package let id: UUID
    package let upon: UUID?
    package let text: String
    package let by: Role
    package let at: Date
    package let fate: Fate

    package init(id: UUID, upon: UUID?, text: String, by: Role, at: Date, fate: Fate) {
        self.id = id
        self.upon = upon
        self.text = text
        self.by = by
        self.at = at
        self.fate = fate
    }
}

extension Queryable {
    /// Keeps a version; one that is known stays as it is.
    package func insert(_ version: NoteVersion, of session: UUID) async throws {
        _ = try await execute(
            """
            insert into session_note_versions (id, session_id, upon, text, role, at, fate)
            values (\(version.id), \(session), \(version.upon), \(version.text), \(version.by), \(version.at),
                \(version.fate))
            on conflict do nothing
            """)
        // The oldest go first, but none that nobody has seen in the notes.
        _ = try await execute(
            """
            delete from session_note_versions where session_id = \(session) and id in (
                select id from session_note_versions where session_id = \(session) and fate = 'taken'
                order by at desc, id offset 100)
            """)
    }

    /// Says what became of versions that waited.
    package func setFate(_ fate: NoteVersion.Fate, of versions: [UUID], in session: UUID) async throws {
        _ = try await execute(
            """
            update session_note_versions set fate = \(fate)
            where session_id = \(session) and id = any(\(versions.map(\.uuidString))::uuid[])
            """)
    }

    /// The newest first.
    package func noteVersions(of session: UUID, limit: Int) async throws -> [NoteVersion] {
        try await rows(
            """
            select id, upon, text, role, at, fate from session_note_versions
            where session_id = \(session) order by at desc, id limit \(limit)
            """
        ).map {
            NoteVersion(
                id: try $0.get("id"), upon: try $0.get("upon"), text: try $0.get("text"), by: try $0.get("role"),
                at: try $0.get("at"), fate: try $0.get("fate"))
        }
    }
}

extension Queryable {
    /// Removes what somebody kept for themself, their older texts, and what nobody here is left to read. What the two
    /// keep together stays for the other, as the session does.
    func eraseWorkspaces(of actor: ActorID) async throws {
        _ = try await execute("delete from session_notes where actor_id = \(actor)")
        _ = try await execute(
            """
            delete from session_note_versions using sessions
            where sessions.id = session_id and ((mentee_id = \(actor) and role = 'mentee')
                or (mentor_id = \(actor) and role = 'mentor'))
            """)
        _ = try await execute(
            """
            delete from session_workspaces using sessions
            where sessions.id = session_id and (mentee_id = \(actor) or mentor_id = \(actor))
                and not exists (select from accounts
                    where accounts.actor_id in (mentee_id, mentor_id) and accounts.actor_id <> \(actor))
            """)
    }
}
