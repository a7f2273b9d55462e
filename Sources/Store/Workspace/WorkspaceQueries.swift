package import Foundation
import JSONTree
package import Mentoring
package import PostgreSQL
package import Wire

/// The workspace of a session as this community keeps it.
package struct StoredWorkspace: Sendable {
    package var workspace: Workspace
    /// What the community that decides told last; nil where this one decides.
    package var told: Workspace?
    /// How many changes were numbered for that community.
    package var numbered: Int

    package init(workspace: Workspace = Workspace(), told: Workspace? = nil, numbered: Int = 0) {
        self.workspace = workspace
        self.told = told
        self.numbered = numbered
    }
}

/// When two people really met.
package struct Meeting: Hashable, Sendable {
    package let startedAt: Date
    package let endedAt: Date?

    package init(startedAt: Date, endedAt: Date?) {
        self.startedAt = startedAt
        self.endedAt = endedAt
    }

    package var minutes: Int? {
        endedAt.flatMap { Int(exactly: ($0.timeIntervalSince(startedAt) / 60).rounded()) }
    }
}

extension Queryable {
    /// nil where nobody has written anything yet. Whoever changes it holds the session.
    package func workspace(of session: UUID) async throws -> StoredWorkspace? {
        try await row(
            "select state, told_state, numbered from session_workspaces where session_id = \(session)"
        ).map { row in
            StoredWorkspace(
                workspace: try row.document("state").map { Workspace($0) } ?? Workspace(),
                told: try row.document("told_state").map { Workspace($0) }, numbered: try row.get("numbered"))
        }
    }

    package func save(_ stored: StoredWorkspace, of session: UUID, at now: Date) async throws {
        let workspace = stored.workspace
        _ = try await execute(
            """
            insert into session_workspaces
                (session_id, version, state, told_state, numbered, started_at, ended_at, changed_at)
            values (\(session), \(workspace.version), \(workspace.json.serializedText())::jsonb,
                \(stored.told?.json.serializedText())::jsonb, \(stored.numbered), \(workspace.startedAt),
                \(workspace.endedAt), \(now))
            on conflict (session_id) do update set version = excluded.version, state = excluded.state,
                told_state = excluded.told_state, numbered = excluded.numbered, started_at = excluded.started_at,
                ended_at = excluded.ended_at, changed_at = excluded.changed_at
            """)
    }

    /// What waits for being heard elsewhere, in order.
    package func waitingChanges(of session: UUID) async throws -> [NumberedChange] {
        try await rows(
            """
            select number, change from session_workspace_changes where session_id = \(session) order by number
            """
        ).compactMap { row in
            guard let change = try row.document("change").flatMap({ WorkspaceChange($0) }) else { return nil }
            return NumberedChange(number: try row.get("number"), change: change)
        }
    }

    package func insert(_ waiting: NumberedChange, of session: UUID) async throws {
        _ = try await execute(
            """
            insert into session_workspace_changes (session_id, number, change)
            values (\(session), \(waiting.number), \(waiting.change.json.serializedText())::jsonb)
            """)
    }

    package func deleteChanges(of session: UUID, upTo number: Int) async throws {
        _ = try await execute(
            "delete from session_workspace_changes where session_id = \(session) and number <= \(number)")
    }

    /// When people met, of those of the sessions where somebody said it.
    package func meetings(of sessions: [UUID]) async throws -> [UUID: Meeting] {
        let found = try await rows(
            """
            select session_id, started_at, ended_at from session_workspaces
            where session_id = any(\(sessions.map(\.uuidString))::uuid[]) and started_at is not null
            """)
        return try Dictionary(
            found.map { row in
                (
                    try row.get("session_id") as UUID,
                    Meeting(startedAt: try row.get("started_at"), endedAt: try row.get("ended_at"))
                )
            }, uniquingKeysWith: { first, _ in first })
    }
}

// MARK: - News

extension Queryable {
    /// Adds to what somebody is to be told; gives when they were last told, nil for never.
    package func addNews(_ parts: [String], of session: UUID, for role: Role) async throws -> Date? {
        let (news, told) = Self.columns(role)
        return try await row(
            """
            update session_workspaces
            set \(news) = array(select distinct unnest(\(news) || \(parts)::text[]) order by 1)
            where session_id = \(session) returning \(told) as told
            """
        )?.get("told")
    }

    /// What somebody was not told yet; with this they are.
    package func takeNews(of session: UUID, for role: Role, at now: Date) async throws -> [String] {
        let (news, told) = Self.columns(role)
        let found = try await row(
            "select \(news) as news from session_workspaces where session_id = \(session) for update")
        let parts: [String] = try found?.get("news") ?? []
        guard !parts.isEmpty else { return [] }
        _ = try await execute(
            "update session_workspaces set \(news) = '{}', \(told) = \(now) where session_id = \(session)")
        return parts
    }

    /// Tells somebody of changes to what they keep about a session.
    package func insertWorkspaceNotification(for recipient: ActorID, session: UUID, from: ActorID?) async throws {
        _ = try await execute(
            """
            insert into notifications (recipient_id, kind, session_id, from_id)
            values (\(recipient), 'workspace', \(session), \(from))
            """)
    }

    private static func columns(_ role: Role) -> (news: SQL, told: SQL) {
        role == .mentor ? ("mentor_news", "mentor_told_at") : ("mentee_news", "mentee_told_at")
    }
}
