package import Foundation

/// What may happen to the workspace of a session. Pure, and made so that the order in which changes of two communities
/// arrive matters little: each side alters only items of its own, ticks and places go by whoever came last, of two
/// starts or ends the earlier counts, and notes are taken only upon the version that stands.
package enum WorkspaceRules {
    /// Whose word it is.
    package enum Manner: Sendable {
        /// Somebody of this community asks for it now.
        case asked
        /// It was asked for in another community, or stands for being heard there.
        case heard
    }

    /// How long before the agreed time people can begin, and how late after its end.
    package static let earliness = 900.0
    package static let lateness = 43_200.0

    package static func decide(
        _ change: WorkspaceChange, on workspace: Workspace, of session: Session, manner: Manner, now: Date
    ) -> WorkspaceDecision {
        switch session.status {
        case .declined, .cancelled, .expired: return .refused(.ended)
        case .pending, .scheduled, .completed, .noShow: break
        }
        let hearing = WorkspaceHearing(
            change: change, workspace: workspace, session: session, isAsked: manner == .asked, now: now)
        do {
            return try hearing.decide()
        } catch {
            return .refused(error)
        }
    }

    /// The owner's copy after what the other community asks for, each change once; what cannot be done any more is left
    /// out.
    ///
    /// - Returns: the workspace, and which of the changes were made.
    package static func hear(
        _ changes: [NumberedChange], on workspace: Workspace, of session: Session, now: Date
    ) -> (workspace: Workspace, made: Set<UUID>) {
        var workspace = workspace
        var made: Set<UUID> = []
        for numbered in changes.sorted(by: { $0.number < $1.number }) where numbered.number > workspace.heard {
            let change = numbered.change
            switch decide(change, on: workspace, of: session, manner: .heard, now: now) {
            case .applied(let next):
                workspace = next
                made.insert(change.id)
            case .setAside:
                workspace.setAside = (workspace.setAside + [change.id]).suffix(Workspace.mostSetAside)
            case .refused: break
            }
            workspace.heard = numbered.number
        }
        return (workspace, made)
    }

    /// A mirror's copy: what its owner tells, with the own person's changes on it that the owner has not heard yet.
    package static func merge(
        _ told: Workspace, waiting: [NumberedChange], of session: Session, now: Date
    ) -> Workspace {
        var workspace = told
        for numbered in waiting.sorted(by: { $0.number < $1.number }) where numbered.number > told.heard {
            if case .applied(let next) = decide(
                numbered.change, on: workspace, of: session, manner: .heard, now: now)
            {
                workspace = next
            }
        }
        return workspace
    }
}

/// A change of the mentor's community, numbered there.
package struct NumberedChange: Hashable, Sendable {
    package let number: Int
    package let change: WorkspaceChange

    package init(number: Int, change: WorkspaceChange) {
        self.number = number
        self.change = change
    }
}

/// One change before the rules.
private struct WorkspaceHearing {
    let change: WorkspaceChange
    var workspace: Workspace
    let session: Session
    let isAsked: Bool
    let now: Date

    func decide() throws(WorkspaceRefusal) -> WorkspaceDecision {
        switch change.action {
        case .add(let kind, let words): try add(kind, words)
        case .edit(let id, let words):
            try alter(id, mustBeOwn: true) { items, position in items[position].words = words }
        case .remove(let id): try alter(id, mustBeOwn: true) { items, position in items.remove(at: position) }
        case .tick(let id, let isDone): try tick(id, isDone)
        case .place(let id, let other): try place(id, before: other)
        case .write(let text, let version): write(text, upon: version)
        case .start(let time): try start(at: time)
        case .end(let time): try end(at: time)
        }
    }

    private func applied(_ change: (inout Workspace) -> Void) -> WorkspaceDecision {
        var workspace = workspace
        change(&workspace)
        return .applied(workspace)
    }

    private func add(_ kind: WorkspaceItem.Kind, _ words: WorkspaceItem.Words)
        throws(WorkspaceRefusal) -> WorkspaceDecision
    {
        guard workspace.item(change.id) == nil else { return .applied(workspace) }
        guard workspace.items.count(where: { $0.by == change.by }) < WorkspaceItem.mostOfOneSide else { throw .full }
        let item = WorkspaceItem(id: change.id, kind: kind, by: change.by, at: change.at, words: words)
        return applied { $0.items.append(item) }
    }

    private func alter(
        _ id: UUID, mustBeOwn: Bool, _ change: (inout [WorkspaceItem], Int) -> Void
    ) throws(WorkspaceRefusal) -> WorkspaceDecision {
        guard let position = workspace.items.firstIndex(where: { $0.id == id }) else { throw .unknownItem }
        let item = workspace.items[position]
        guard item.by == self.change.by || !(mustBeOwn || item.kind == .checklist) else { throw .notYours }
        return applied { change(&$0.items, position) }
    }

    private func tick(_ id: UUID, _ isDone: Bool) throws(WorkspaceRefusal) -> WorkspaceDecision {
        guard workspace.item(id)?.kind.isDoable ?? true else { throw .notDoable }
        let tick = isDone ? WorkspaceItem.Tick(by: change.by, at: change.at) : nil
        return try alter(id, mustBeOwn: false) { items, position in
            if (items[position].done == nil) == isDone { items[position].done = tick }
        }
    }

    private func place(_ id: UUID, before other: UUID?) throws(WorkspaceRefusal) -> WorkspaceDecision {
        if isAsked, let other, workspace.item(other) == nil { throw .unknownItem }
        return try alter(id, mustBeOwn: false) { items, position in
            guard id != other else { return }
            let item = items.remove(at: position)
            let target = other.flatMap { other in items.firstIndex { $0.id == other } }
            items.insert(item, at: target ?? items.endIndex)
        }
    }

    private func write(_ text: String, upon version: UUID?) -> WorkspaceDecision {
        let before = workspace.notes
        if let before, before.id == change.id { return .applied(workspace) }
        guard before?.id == version else { return .setAside }
        let notes = SharedNotes(
            text: text, id: change.id, number: (before?.number ?? 0) + 1, by: change.by, at: change.at)
        return applied { $0.notes = notes }
    }

    private func start(at time: Date) throws(WorkspaceRefusal) -> WorkspaceDecision {
        try requireMeeting()
        try requirePast(time)
        guard time >= session.slot.start.addingTimeInterval(-WorkspaceRules.earliness) else { throw .tooEarly }
        guard time <= session.slot.end.addingTimeInterval(WorkspaceRules.lateness) else { throw .tooLate }
        guard let known = workspace.startedAt else { return applied { $0.startedAt = time } }
        guard !isAsked else { throw .alreadyStarted }
        return applied { $0.startedAt = min(known, time) }
    }

    private func end(at time: Date) throws(WorkspaceRefusal) -> WorkspaceDecision {
        try requireMeeting()
        try requirePast(time)
        guard let start = workspace.startedAt else { throw .notStarted }
        guard time > start else { throw .endNotAfterStart }
        let minutes = (time.timeIntervalSince(start) / 60).rounded()
        guard minutes <= Double(Outcome.minutes.upperBound) else { throw .tooLong }
        guard let known = workspace.endedAt else { return applied { $0.endedAt = time } }
        guard !isAsked else { throw .alreadyEnded }
        return applied { $0.endedAt = min(known, time) }
    }

    private func requireMeeting() throws(WorkspaceRefusal) {
        guard session.status == .scheduled || session.status == .completed else { throw .notAgreed }
    }

    private func requirePast(_ time: Date) throws(WorkspaceRefusal) {
        guard time <= now.addingTimeInterval(isAsked ? 0 : SessionTimes.clockTolerance) else { throw .inFuture }
    }
}
