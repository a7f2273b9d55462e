import ActivityStreams
import Foundation
import Mentoring
import Social
import Wire

// A workspace of the domain as a document of the wire, and back.

extension Role {
    fileprivate var wireName: String { self == .mentor ? "mentor" : "requester" }

    fileprivate init?(wireName: String) {
        switch wireName {
        case "requester": self = .mentee
        case "mentor": self = .mentor
        default: return nil
        }
    }
}

extension WorkspaceItem.Doer {
    fileprivate var wireName: String { self == .mentee ? "requester" : rawValue }
}

extension WorkspaceDocument {
    init(_ workspace: Workspace, of session: Session, mentee: Actor, mentor: Actor, at now: Date) {
        self.init(
            id: URI("\(session.uri.string)/workspace"), owner: mentee.uri, mentor: mentor.uri, session: session.uri,
            updated: now, version: workspace.version, heard: workspace.heard, startedAt: workspace.startedAt,
            endedAt: workspace.endedAt,
            notes: workspace.notes.map {
                Notes(id: $0.id, number: $0.number, text: $0.text, by: $0.by.wireName, at: $0.at)
            },
            items: workspace.items.map { WorkspaceItemDocument($0) }, setAside: workspace.setAside)
    }
}

extension WorkspaceItemDocument {
    fileprivate init(_ item: WorkspaceItem) {
        self.init(
            id: item.id, kind: item.kind.rawValue, by: item.by.wireName, at: item.at, words: item.words,
            done: item.done)
    }

    fileprivate init(
        id: UUID, kind: String, by: String, at: Date, words: WorkspaceItem.Words, done: WorkspaceItem.Tick? = nil
    ) {
        self.init(
            id: id, kind: kind, by: by, at: at, text: words.text, link: words.link, doer: words.doer?.wireName,
            due: words.due?.description, doneBy: done?.by.wireName, doneAt: done?.at)
    }

    fileprivate func words(of kind: WorkspaceItem.Kind) -> WorkspaceItem.Words? {
        WorkspaceItem.Words(
            heard: kind, text: text, link: link, doer: doer == "requester" ? "mentee" : doer, due: due)
    }
}

extension Workspace {
    /// What the owner tells, made to fit; what cannot be understood is left out.
    init(_ document: WorkspaceDocument, now: Date) {
        var seen: Set<UUID> = []
        let items = document.items.compactMap { WorkspaceItem($0, now: now) }
            .filter { seen.insert($0.id).inserted }.prefix(2 * WorkspaceItem.mostOfOneSide)
        let start = document.startedAt.flatMap { $0 <= now.addingTimeInterval(SessionTimes.clockTolerance) ? $0 : nil }
        let end = document.endedAt.flatMap { end in
            start.flatMap { end > $0 && end < $0.addingTimeInterval(90_000) ? end : nil }
        }
        self.init(
            version: document.version, heard: max(0, document.heard),
            notes: document.notes.flatMap { notes in
                Role(wireName: notes.by).map {
                    SharedNotes(
                        text: SharedNotes.heard(notes.text), id: notes.id, number: max(1, notes.number), by: $0,
                        at: min(notes.at ?? now, now))
                }
            },
            items: Array(items), startedAt: start, endedAt: end, setAside: document.setAside)
    }
}

extension WorkspaceItem {
    fileprivate init?(_ document: WorkspaceItemDocument, now: Date) {
        guard let kind = Kind(rawValue: document.kind), let by = Role(wireName: document.by),
            let words = document.words(of: kind)
        else { return nil }
        let tick = document.doneBy.flatMap { Role(wireName: $0) }.map {
            Tick(by: $0, at: min(document.doneAt ?? now, now))
        }
        self.init(
            id: document.id, kind: kind, by: by, at: min(document.at ?? now, now), words: words,
            done: kind.isDoable ? tick : nil)
    }
}

extension WorkspaceChangeDocument {
    init(_ numbered: NumberedChange) {
        let change = numbered.change
        self.init(number: numbered.number, id: change.id, at: change.at, verb: change.action.label)
        switch change.action {
        case .add(let kind, let words):
            item = WorkspaceItemDocument(
                id: change.id, kind: kind.rawValue, by: change.by.wireName, at: change.at, words: words)
        case .edit(let id, let words):
            target = id
            item = WorkspaceItemDocument(
                id: id, kind: (words.kind ?? .topic).rawValue, by: change.by.wireName, at: change.at, words: words)
        case .tick(let id, let isDone): (target, self.isDone) = (id, isDone)
        case .place(let id, let other): (target, before) = (id, other)
        case .remove(let id): target = id
        case .write(let text, let version): (self.text, upon) = (text, version)
        case .start(let time), .end(let time): self.time = time
        }
    }
}

extension NumberedChange {
    /// What the mentor's side asks for; nil where it cannot be understood.
    init?(_ document: WorkspaceChangeDocument, now: Date) {
        guard (1...Session.lastRevision).contains(document.number), let action = document.action else { return nil }
        self.init(
            number: document.number,
            change: WorkspaceChange(
                id: document.id, by: .mentor, at: min(document.at ?? now, now), action: action))
    }
}

extension WorkspaceChangeDocument {
    fileprivate var action: WorkspaceChange.Action? {
        let kind = item.flatMap { WorkspaceItem.Kind(rawValue: $0.kind) }
        let words = kind.flatMap { item?.words(of: $0) }
        return switch (verb, target) {
        case ("add", _): kind.flatMap { kind in words.map { .add(kind, $0) } }
        case ("edit", let target?): words.map { .edit(target, $0) }
        case ("tick", let target?): .tick(target, isDone ?? false)
        case ("place", let target?): .place(target, before: before)
        case ("remove", let target?): .remove(target)
        case ("write", _): text.map { .write(SharedNotes.heard($0), upon: upon) }
        case ("start", _): time.map { .start($0) }
        case ("end", _): time.map { .end($0) }
        default: nil
        }
    }
}
