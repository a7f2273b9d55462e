package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
package import Store
package import Wire

/// The one place where the workspaces of sessions change: by their two people, and by what the other community tells.
package struct WorkspaceDesk: Sendable {
    /// Changes that may wait for the other community, and scalars in the notes among them.
    static let mostWaiting = 200
    static let longestWaiting = 160_000

    private let consequences: [any WorkspaceConsequence]

    package init(consequences: [any WorkspaceConsequence]) { self.consequences = consequences }

    /// The rules let it not happen; what stands comes along.
    package struct Refused: Error {
        package let refusal: WorkspaceRefusal
        package let session: Session
    }

    /// The notes had changed since who writes them has read them; nothing was kept.
    package struct Overtaken: Error {
        package let notes: SharedNotes?

        package init(notes: SharedNotes?) { self.notes = notes }
    }

    /// Does what somebody of this community asks for.
    ///
    /// - Returns: nil where they are no party of such a session; else what stands then.
    /// - Throws: ``Refused``, ``Overtaken``.
    package func change(
        _ action: WorkspaceChange.Action, on id: UUID, by actor: ActorID, as change: UUID = UUID(), now: Date,
        in transaction: Transaction
    ) async throws -> (session: Session, workspace: Workspace)? {
        guard let session = try await transaction.lockSession(id, for: actor), let role = session.role(of: actor) else {
            return nil
        }
        var stored = try await transaction.workspace(of: id) ?? StoredWorkspace()
        let before = stored.workspace
        let change = WorkspaceChange(id: change, by: role, at: now, action: action)
        switch WorkspaceRules.decide(change, on: before, of: session, manner: .asked, now: now) {
        case .refused(let refusal): throw Refused(refusal: refusal, session: session)
        case .setAside: throw Overtaken(notes: before.notes)
        case .applied(let after): stored.workspace = after
        }
        guard stored.workspace != before else { return (session, before) }
        if session.custody == .mirror {
            try await wait(change, &stored, of: session, now: now, in: transaction)
        } else {
            stored.workspace.count()
            try await transaction.save(stored, of: id, at: now)
        }
        try await keepVersion(change, as: session.custody == .mirror ? .waiting : .taken, of: id, in: transaction)
        try await follow(stored.workspace, since: before, of: session, by: role, now: now, in: transaction)
        return (session, stored.workspace)
    }

    /// Hears what the mentor's community asks for, where this one decides; false where the sender is no mentor of such
    /// a session. It is answered with what stands then, whether or not anything changed: the sender waits for it.
    package func hear(
        _ changes: [NumberedChange], on event: URI, by sender: ActorID, now: Date, in transaction: Transaction
    ) async throws -> Bool {
        guard let session = try await transaction.lockSession(.event(event)), session.custody == .owner,
            session.role(of: sender) == .mentor
        else { return false }
        var stored = try await transaction.workspace(of: session.id) ?? StoredWorkspace()
        let before = stored.workspace
        let (after, made) = WorkspaceRules.hear(changes, on: before, of: session, now: now)
        if after != before {
            stored.workspace = after
            stored.workspace.count()
            try await transaction.save(stored, of: session.id, at: now)
            for numbered in changes where numbered.number > before.heard {
                let isMade = made.contains(numbered.change.id)
                guard isMade || after.setAside.contains(numbered.change.id) else { continue }
                try await keepVersion(
                    numbered.change, as: isMade ? .taken : .setAside, of: session.id, in: transaction)
            }
        }
        try await follow(stored.workspace, since: before, of: session, by: .mentor, now: now, in: transaction)
        return true
    }

    /// Takes over what the mentee's community tells, with what of ours it has not heard yet still on top; false where
    /// the sender is no mentee of such a session.
    package func adopt(
        _ told: Workspace, of event: URI, by sender: ActorID, now: Date, in transaction: Transaction
    ) async throws -> Bool {
        guard let session = try await transaction.lockSession(.event(event)), session.custody == .mirror,
            session.role(of: sender) == .mentee
        else { return false }
        var stored = try await transaction.workspace(of: session.id) ?? StoredWorkspace()
        guard told.version > stored.told?.version ?? 0 else { return true }
        let before = stored.workspace
        let waiting = try await transaction.waitingChanges(of: session.id)
        stored.told = told
        stored.workspace = WorkspaceRules.merge(told, waiting: waiting, of: session, now: now)
        try await transaction.save(stored, of: session.id, at: now)
        let heard = waiting.filter { $0.number <= told.heard }
        if !heard.isEmpty {
            let written = heard.filter(\.change.isWriting).map(\.change.id)
            let aside = Set(told.setAside)
            try await transaction.setFate(.taken, of: written.filter { !aside.contains($0) }, in: session.id)
            try await transaction.setFate(.setAside, of: written.filter(aside.contains), in: session.id)
            try await transaction.deleteChanges(of: session.id, upTo: told.heard)
        }
        if let notes = told.notes {
            try await transaction.insert(
                NoteVersion(
                    id: notes.id, upon: nil, text: notes.text, by: notes.by, at: notes.at, fate: .taken),
                of: session.id)
        }
        try await follow(stored.workspace, since: before, of: session, by: .mentee, now: now, in: transaction)
        return true
    }

    private func wait(
        _ change: WorkspaceChange, _ stored: inout StoredWorkspace, of session: Session, now: Date,
        in transaction: Transaction
    ) async throws {
        let waiting = try await transaction.waitingChanges(of: session.id)
        let length = waiting.reduce(change.noteLength) { $0 + $1.change.noteLength }
        guard waiting.count < Self.mostWaiting, length <= Self.longestWaiting else {
            throw Refused(refusal: .unheard, session: session)
        }
        stored.numbered += 1
        stored.told = stored.told ?? Workspace()
        try await transaction.save(stored, of: session.id, at: now)
        try await transaction.insert(NumberedChange(number: stored.numbered, change: change), of: session.id)
    }

    private func keepVersion(
        _ change: WorkspaceChange, as fate: NoteVersion.Fate, of session: UUID, in transaction: Transaction
    ) async throws {
        guard case .write(let text, let upon) = change.action else { return }
        try await transaction.insert(
            NoteVersion(id: change.id, upon: upon, text: text, by: change.by, at: change.at, fate: fate), of: session)
    }

    private func follow(
        _ workspace: Workspace, since before: Workspace, of session: Session, by role: Role, now: Date,
        in transaction: Transaction
    ) async throws {
        guard let mentee = try await transaction.actor(id: session.mentee),
            let mentor = try await transaction.actor(id: session.mentor)
        else { throw StoreError.nothingReturned }
        let news = WorkspaceNews(
            session: session, mentee: mentee, mentor: mentor, by: role,
            parts: workspace.parts(changedSince: before), workspace: workspace,
            waiting: session.custody == .mirror ? try await transaction.waitingChanges(of: session.id) : [], at: now)
        for consequence in consequences { try await consequence.follow(news, in: transaction) }
    }
}

extension WorkspaceChange {
    fileprivate var isWriting: Bool {
        if case .write = action { true } else { false }
    }

    fileprivate var noteLength: Int {
        if case .write(let text, _) = action { text.unicodeScalars.count } else { 0 }
    }
}
