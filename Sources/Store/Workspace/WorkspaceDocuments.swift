import Foundation
import JSONTree
import Mentoring
import Wire

// A workspace and its changes as they lie in jsonb columns.

extension Workspace {
    var json: JSON {
        [
            "version": .int(version), "heard": .int(heard), "notes": notes?.json,
            "items": .array(items.map(\.json)), "started": startedAt.map { .string(DateTime.format($0)) },
            "ended": endedAt.map { .string(DateTime.format($0)) },
            "set_aside": .array(setAside.map { .string($0.uuidString) }),
        ]
    }

    init(_ json: JSON) {
        self.init(
            version: json["version"]?.int ?? 0, heard: json["heard"]?.int ?? 0,
            notes: json["notes"].flatMap { SharedNotes($0) },
            items: json["items"]?.array?.compactMap { WorkspaceItem($0) } ?? [], startedAt: json.time("started"),
            endedAt: json.time("ended"),
            setAside: json["set_aside"]?.array?.compactMap { $0.string.flatMap(UUID.init(uuidString:)) } ?? [])
    }
}

extension SharedNotes {
    fileprivate var json: JSON {
        [
            "text": .string(text), "id": .string(id.uuidString), "number": .int(number), "by": .string(by.rawValue),
            "at": .string(DateTime.format(at)),
        ]
    }

    fileprivate init?(_ json: JSON) {
        guard let text = json["text"]?.string, let id = json.uuid("id"), let by = json.role("by"),
            let at = json.time("at")
        else { return nil }
        self.init(text: text, id: id, number: json["number"]?.int ?? 1, by: by, at: at)
    }
}

extension WorkspaceItem {
    fileprivate var json: JSON {
        var object = words.members
        object["id"] = .string(id.uuidString)
        object["kind"] = .string(kind.rawValue)
        object["by"] = .string(by.rawValue)
        object["at"] = .string(DateTime.format(at))
        object["done_by"] = done.map { .string($0.by.rawValue) }
        object["done_at"] = done.map { .string(DateTime.format($0.at)) }
        return .object(object)
    }

    fileprivate init?(_ json: JSON) {
        guard let id = json.uuid("id"), let kind = json["kind"]?.string.flatMap(Kind.init), let by = json.role("by"),
            let at = json.time("at"), let words = Words(json)
        else { return nil }
        var tick: Tick?
        if let by = json.role("done_by"), let at = json.time("done_at") { tick = Tick(by: by, at: at) }
        self.init(id: id, kind: kind, by: by, at: at, words: words, done: tick)
    }
}

extension WorkspaceItem.Words {
    fileprivate var members: JSON.Object {
        var object = JSON.Object()
        object["text"] = .string(text)
        object["link"] = link.map { .string($0.string) }
        object["for"] = doer.map { .string($0.rawValue) }
        object["due"] = due.map { .string($0.description) }
        return object
    }

    fileprivate init?(_ json: JSON) {
        guard let text = json["text"]?.string else { return nil }
        self.init(
            text: text, link: json["link"]?.string.flatMap { URI($0) },
            doer: json["for"]?.string.flatMap(WorkspaceItem.Doer.init),
            due: json["due"]?.string.flatMap { CalendarDay($0) })
    }
}

extension WorkspaceChange {
    var json: JSON {
        var object = JSON.Object()
        switch action {
        case .add(let kind, let words):
            object = words.members
            object["kind"] = .string(kind.rawValue)
        case .edit(let item, let words):
            object = words.members
            object["item"] = .string(item.uuidString)
        case .tick(let item, let isDone):
            object["item"] = .string(item.uuidString)
            object["done"] = .bool(isDone)
        case .place(let item, let other):
            object["item"] = .string(item.uuidString)
            object["before"] = other.map { .string($0.uuidString) }
        case .remove(let item): object["item"] = .string(item.uuidString)
        case .write(let text, let version):
            object["text"] = .string(text)
            object["upon"] = version.map { .string($0.uuidString) }
        case .start(let time), .end(let time): object["time"] = .string(DateTime.format(time))
        }
        object["id"] = .string(id.uuidString)
        object["by"] = .string(by.rawValue)
        object["at"] = .string(DateTime.format(at))
        object["do"] = .string(action.label)
        return .object(object)
    }

    init?(_ json: JSON) {
        guard let id = json.uuid("id"), let by = json.role("by"), let at = json.time("at"),
            let action = Action(json)
        else { return nil }
        self.init(id: id, by: by, at: at, action: action)
    }
}

extension WorkspaceChange.Action {
    fileprivate init?(_ json: JSON) {
        let words = WorkspaceItem.Words(json)
        let item = json.uuid("item")
        switch (json["do"]?.string, item) {
        case ("add", _):
            guard let kind = json["kind"]?.string.flatMap(WorkspaceItem.Kind.init), let words else { return nil }
            self = .add(kind, words)
        case ("edit", let item?):
            guard let words else { return nil }
            self = .edit(item, words)
        case ("tick", let item?): self = .tick(item, json["done"]?.bool ?? false)
        case ("place", let item?): self = .place(item, before: json.uuid("before"))
        case ("remove", let item?): self = .remove(item)
        case ("write", _): self = .write(json["text"]?.string ?? "", upon: json.uuid("upon"))
        case ("start", _):
            guard let time = json.time("time") else { return nil }
            self = .start(time)
        case ("end", _):
            guard let time = json.time("time") else { return nil }
            self = .end(time)
        default: return nil
        }
    }
}

extension JSON {
    fileprivate func uuid(_ key: String) -> UUID? { self[key]?.string.flatMap(UUID.init(uuidString:)) }
    fileprivate func time(_ key: String) -> Date? { self[key]?.string.flatMap(DateTime.parse) }
    fileprivate func role(_ key: String) -> Role? { self[key]?.string.flatMap(Role.init) }
}
