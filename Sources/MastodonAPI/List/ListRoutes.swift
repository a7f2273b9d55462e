import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
package import WebServer
import Wire

/// Lists of people with timelines of their own (docs.joinmastodon.org/methods/lists).
package struct ListRoutes: Sendable {
    private let services: ClientServices
    /// In Unicode scalars.
    private static let mostTitle = 100
    /// Lists of one owner.
    private static let most = 50

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let lists = "/api/v1/lists"
        return [
            Route(.get, lists, access: .token(.readLists)) { exchange in
                let found = try await services.database.lists(of: try exchange.requireAccount().actor.id)
                return .json(.array(found.map(Self.json)))
            },
            Route(.post, lists, access: .token(.writeLists)) { try await create($0) },
            Route(.get, "\(lists)/{id}", access: .token(.readLists)) { .json(Self.json(try await list($0))) },
            Route(.put, "\(lists)/{id}", access: .token(.writeLists)) { try await change($0) },
            Route(.delete, "\(lists)/{id}", access: .token(.writeLists)) { exchange in
                let list = try await list(exchange)
                try await services.database.transaction { try await $0.deleteList(list.id) }
                return .json([:])
            },
            Route(.get, "\(lists)/{id}/accounts", access: .token(.readLists)) { try await members($0) },
            Route(.post, "\(lists)/{id}/accounts", access: .token(.writeLists)) { try await add($0) },
            Route(.delete, "\(lists)/{id}/accounts", access: .token(.writeLists)) { try await remove($0) },
            Route(.get, "/api/v1/accounts/{id}/lists", access: .token(.readLists)) { exchange in
                let found = try await services.database.lists(
                    of: try exchange.requireAccount().actor.id, with: try await services.actor(exchange).id)
                return .json(.array(found.map(Self.json)))
            },
            Route(.get, "/api/v1/timelines/list/{id}", access: .token(.readLists)) { exchange in
                let list = try await list(exchange)
                let reader = try exchange.requireAccount().actor.id
                let entries = try await services.database.feed(
                    list.id, for: reader, exchange.page(try exchange.input(), usual: 20, most: 40))
                return .page(
                    entries, try await services.entities.statuses(entries, for: reader), of: exchange,
                    at: services.community.origin)
            },
        ]
    }

    private func list(_ exchange: Exchange) async throws -> PeopleList {
        guard let id = Input.id(exchange.parameter("id")),
            let list = try await services.database.list(id, of: try exchange.requireAccount().actor.id)
        else { throw Problem.notFound }
        return list
    }

    private func create(_ exchange: Exchange) async throws -> Answer {
        let owner = try exchange.requireAccount().actor.id
        let (title, replies, isExclusive) = try Self.read(try exchange.input(), before: nil)
        guard try await services.database.lists(of: owner).count < Self.most else {
            throw FieldError(field: "title", message: "You have \(Self.most) lists already.")
        }
        return .json(
            Self.json(
                try await services.database.insertList(
                    title: title, replies: replies, isExclusive: isExclusive, owner: owner)))
    }

    private func change(_ exchange: Exchange) async throws -> Answer {
        let before = try await list(exchange)
        let (title, replies, isExclusive) = try Self.read(try exchange.input(), before: before)
        try await services.database.updateList(before.id, title: title, replies: replies, isExclusive: isExclusive)
        return .json(Self.json(try await list(exchange)))
    }

    private static func read(_ input: Input, before: PeopleList?) throws(FieldError) -> (
        title: String, replies: PeopleList.Replies, isExclusive: Bool
    ) {
        let title = (input.text("title") ?? before?.title ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...mostTitle).contains(title.unicodeScalars.count), !title.utf8.contains(0) else {
            throw FieldError(field: "title", message: "Use 1 to \(mostTitle) characters.")
        }
        var replies = before?.replies ?? .list
        if let name = input.text("replies_policy"), !name.isEmpty {
            guard let wished = PeopleList.Replies(rawValue: name) else {
                throw FieldError(field: "replies_policy", message: "Use followed, list or none.")
            }
            replies = wished
        }
        return (title, replies, input.flag("exclusive") ?? before?.isExclusive ?? false)
    }

    private func members(_ exchange: Exchange) async throws -> Answer {
        let list = try await list(exchange)
        let input = try exchange.input()
        var page = exchange.page(input, usual: 40, most: 80)
        // Clients ask for all of them at once by 0.
        if input.integer("limit") == 0 { page.limit = 1000 }
        let found = try await services.database.members(of: list.id, page)
        let accounts = try await services.entities.accounts(found.map(\.actor))
        return .page(accounts, positions: found.map(\.position), of: exchange, at: services.community.origin)
    }

    /// Only people whom the owner follows: what others write does not come here.
    private func add(_ exchange: Exchange) async throws -> Answer {
        let list = try await list(exchange)
        let owner = try exchange.requireAccount().actor.id
        let ids = try exchange.input().ids("account_ids").prefix(100).map { ActorID(rawValue: $0) }
        try await services.database.transaction { transaction in
            for id in ids {
                guard try await transaction.relation(of: owner, to: id).follows == .accepted else {
                    throw Problem(status: 404, message: "Record not found: put people on lists whom you follow.")
                }
                guard try await transaction.insertMember(id, of: list.id) else {
                    throw FieldError(field: "account_ids", message: "Somebody of them is on the list already.")
                }
                try await transaction.backfill(list.id, from: id, for: owner)
            }
        }
        return .json([:])
    }

    private func remove(_ exchange: Exchange) async throws -> Answer {
        let list = try await list(exchange)
        let ids = try exchange.input().ids("account_ids").prefix(100).map { ActorID(rawValue: $0) }
        try await services.database.transaction { transaction in
            for id in ids {
                try await transaction.deleteMember(id, of: list.id)
                try await transaction.clear(list.id, of: id)
            }
        }
        return .json([:])
    }

    private static func json(_ list: PeopleList) -> JSON {
        [
            "id": .string(String(list.id)), "title": .string(list.title),
            "replies_policy": .string(list.replies.rawValue),
            "exclusive": .bool(list.isExclusive),
        ]
    }
}
