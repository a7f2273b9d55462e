import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
import Social
import Store
package import UseCases
package import WebServer
import Wire

/// `/api/mentoring/sessions/{id}/workspace` and what is in it: agenda, links, checklists, notes, topics, things to do,
/// and when the two really met.
package struct WorkspaceRoutes: Sendable {
    let database: Pool
    let desk: WorkspaceDesk

    package init(database: Pool, desk: WorkspaceDesk) {
        self.database = database
        self.desk = desk
    }

    package var routes: [Route] {
        let session = "/api/mentoring/sessions/{id}"
        return [
            Route(.get, "\(session)/workspace", access: .token(.read)) { exchange in
                let entity = try await entity(try exchange.id(), try exchange.requireAccount().actor.id)
                return Answer.json(entity.json).privately
            },
            Route(.get, "/api/mentoring/sessions/time", access: .token(.read)) { exchange in
                let reader = try exchange.requireAccount().actor.id
                return Answer.json([
                    "as_mentee": try await database.timeTogether(of: reader, as: .mentee).json,
                    "as_mentor": try await database.timeTogether(of: reader, as: .mentor).json,
                ]).privately
            },
            Route(.post, "\(session)/items", access: .token(.write)) { try await add($0) },
            Route(.patch, "\(session)/items/{item}", access: .token(.write)) { try await alter($0) },
            Route(.delete, "\(session)/items/{item}", access: .token(.write)) { exchange in
                let item = try exchange.id("item")
                _ = try await change(exchange, .remove(item))
                return Answer(status: 204)
            },
            Route(.post, "\(session)/start", access: .token(.write)) { try await meet($0) { .start($0) } },
            Route(.post, "\(session)/end", access: .token(.write)) { try await meet($0) { .end($0) } },
        ] + notes
    }

    private func add(_ exchange: Exchange) async throws -> Answer {
        let draft = try WorkspaceItemBody(exchange).draft
        let id = UUID()
        let workspace = try await change(exchange, .add(draft.kind, try draft.checked()), as: id)
        guard let item = workspace.item(id) else { throw Problem.unexpected }
        return Answer.json(item.json, status: 201).privately
    }

    private func alter(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        let (session, id) = (try exchange.id(), try exchange.id("item"))
        let body = try WorkspaceItemChangeBody(exchange)
        let now = DateTime.cutToMilliseconds(Date())
        let item = try await deciding {
            try await database.transaction { transaction in
                guard try await transaction.lockSession(session, for: account.actor.id) != nil,
                    let known = try await transaction.workspace(of: session)?.workspace.item(id)
                else { throw Problem.notFound }
                var after: WorkspaceItem? = known
                for action in try body.actions(on: known) {
                    after = try await desk.change(action, on: session, by: account.actor.id, now: now, in: transaction)?
                        .workspace.item(id)
                }
                return after
            }
        }
        guard let item else { throw Problem.notFound }
        return Answer.json(item.json).privately
    }

    /// A start or an end: now, or when it was.
    private func meet(
        _ exchange: Exchange, _ action: (Date) -> WorkspaceChange.Action
    ) async throws -> Answer {
        let given = try exchange.read { $0.optional("at", .time) }
        let now = DateTime.cutToMilliseconds(Date())
        _ = try await change(exchange, action(given.map(DateTime.cutToMilliseconds) ?? now), now: now)
        let entity = try await entity(try exchange.id(), try exchange.requireAccount().actor.id)
        return Answer.json(entity.json).privately
    }

    // MARK: - Shared

    func change(
        _ exchange: Exchange, _ action: WorkspaceChange.Action, as change: UUID = UUID(),
        now: Date = DateTime.cutToMilliseconds(Date())
    ) async throws -> Workspace {
        let account = try exchange.requireAccount()
        let id = try exchange.id()
        let changed = try await deciding {
            try await database.transaction { transaction in
                try await desk.change(
                    action, on: id, by: account.actor.id, as: change, now: now, in: transaction)?.workspace
            }
        }
        guard let changed else { throw Problem.notFound }
        return changed
    }

    private func deciding<Value>(_ decide: () async throws -> Value) async throws -> Value {
        do {
            return try await decide()
        } catch let refused as WorkspaceDesk.Refused {
            throw Problem(refused)
        } catch let overtaken as WorkspaceDesk.Overtaken {
            throw Problem(overtaken)
        }
    }

    func entity(_ id: UUID, _ reader: ActorID) async throws -> WorkspaceEntity {
        guard let session = try await database.session(id, for: reader), let role = session.role(of: reader) else {
            throw Problem.notFound
        }
        let isWaiting =
            session.custody == .mirror ? try await !database.waitingChanges(of: id).isEmpty : false
        return WorkspaceEntity(
            session: session, role: role, stored: try await database.workspace(of: id) ?? StoredWorkspace(),
            note: try await database.note(on: id, by: reader), isWaiting: isWaiting)
    }
}
