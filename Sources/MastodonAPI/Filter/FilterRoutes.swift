import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
package import WebServer
import Wire

/// Filters with their keywords and posts (docs.joinmastodon.org/methods/filters).
package struct FilterRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let filters = "/api/v2/filters"
        return [
            Route(.get, filters, access: .token(.readFilters)) { exchange in
                let found = try await services.database.filters(of: try exchange.requireAccount().actor.id)
                return .json(.array(found.map(FilterEntity.json)))
            },
            Route(.post, filters, access: .token(.writeFilters)) { try await create($0) },
            Route(.get, "\(filters)/{id}", access: .token(.readFilters)) {
                .json(FilterEntity.json(try await filter($0)))
            },
            Route(.put, "\(filters)/{id}", access: .token(.writeFilters)) { try await change($0) },
            Route(.delete, "\(filters)/{id}", access: .token(.writeFilters)) { exchange in
                let filter = try await filter(exchange)
                try await services.changeFilters(of: exchange) { try await $0.deleteFilter(filter.id) }
                return .json([:])
            },
        ] + keywordRoutes(below: filters) + postRoutes(below: filters)
    }

    // MARK: Filters

    private func filter(_ exchange: Exchange) async throws -> Filter {
        guard let id = Input.id(exchange.parameter("id")),
            let filter = try await services.database.filter(id, of: try exchange.requireAccount().actor.id)
        else { throw Problem.notFound }
        return filter
    }

    private func create(_ exchange: Exchange) async throws -> Answer {
        let owner = try exchange.requireAccount().actor.id
        let input = try exchange.input()
        let draft = input.filterDraft(now: Date())
        let (title, contexts, action) = try draft.checked()
        let changes = try KeywordChange.read(input)
        guard try await services.database.filters(of: owner).count < Filter.most else {
            throw FieldError(field: "title", message: "You have \(Filter.most) filters already.")
        }
        let id = try await services.changeFilters(of: exchange) { transaction in
            let id = try await transaction.insertFilter(
                title: title, contexts: contexts, action: action, endsAt: draft.endsAt, owner: owner)
            try await KeywordChange.apply(changes, to: [], of: id, in: transaction)
            return id
        }
        return try await answer(id, of: owner)
    }

    private func change(_ exchange: Exchange) async throws -> Answer {
        let before = try await filter(exchange)
        let input = try exchange.input()
        let draft = input.filterDraft(now: Date(), before: before)
        let (title, contexts, action) = try draft.checked()
        let changes = try KeywordChange.read(input)
        try await services.changeFilters(of: exchange) { transaction in
            try await transaction.updateFilter(
                before.id, title: title, contexts: contexts, action: action, endsAt: draft.endsAt)
            try await KeywordChange.apply(changes, to: before.keywords, of: before.id, in: transaction)
        }
        return try await answer(before.id, of: try exchange.requireAccount().actor.id)
    }

    private func answer(_ id: Int64, of owner: ActorID) async throws -> Answer {
        guard let filter = try await services.database.filter(id, of: owner) else { throw Problem.notFound }
        return .json(FilterEntity.json(filter))
    }

    // MARK: Keywords

    private func keywordRoutes(below filters: String) -> [Route] {
        let one = "\(filters)/keywords/{id}"
        return [
            Route(.get, "\(filters)/{id}/keywords", access: .token(.readFilters)) {
                .json(.array(try await filter($0).keywords.map(FilterEntity.json)))
            },
            Route(.post, "\(filters)/{id}/keywords", access: .token(.writeFilters)) { exchange in
                let filter = try await filter(exchange)
                let (text, isWholeWord) = try exchange.input().keyword()
                guard filter.keywords.count < Filter.most else { throw KeywordChange.tooMany }
                let id = try await services.changeFilters(of: exchange) {
                    try await $0.insertKeyword(text, isWholeWord: isWholeWord, of: filter.id)
                }
                return .json(FilterEntity.json(Filter.Keyword(id: id, text: text, isWholeWord: isWholeWord)))
            },
            Route(.get, one, access: .token(.readFilters)) { .json(FilterEntity.json(try await keyword($0))) },
            Route(.put, one, access: .token(.writeFilters)) { exchange in
                let before = try await keyword(exchange)
                let (text, isWholeWord) = try exchange.input().keyword(before: before)
                try await services.changeFilters(of: exchange) {
                    try await $0.updateKeyword(before.id, text, isWholeWord: isWholeWord)
                }
                return .json(FilterEntity.json(Filter.Keyword(id: before.id, text: text, isWholeWord: isWholeWord)))
            },
            Route(.delete, one, access: .token(.writeFilters)) { exchange in
                let keyword = try await keyword(exchange)
                try await services.changeFilters(of: exchange) { try await $0.deleteKeyword(keyword.id) }
                return .json([:])
            },
        ]
    }

    private func keyword(_ exchange: Exchange) async throws -> Filter.Keyword {
        guard let id = Input.id(exchange.parameter("id")),
            let filter = try await services.database.filter(
                withKeyword: id, of: try exchange.requireAccount().actor.id),
            let keyword = filter.keywords.first(where: { $0.id == id })
        else { throw Problem.notFound }
        return keyword
    }

    // MARK: Posts

    private func postRoutes(below filters: String) -> [Route] {
        let one = "\(filters)/statuses/{id}"
        return [
            Route(.get, "\(filters)/{id}/statuses", access: .token(.readFilters)) {
                .json(.array(try await filter($0).posts.map(FilterEntity.json)))
            },
            Route(.post, "\(filters)/{id}/statuses", access: .token(.writeFilters)) { exchange in
                let filter = try await filter(exchange)
                guard let id = try exchange.input().id("status_id"),
                    let post = try await services.database.post(PostID(rawValue: id), for: exchange.viewer)
                else { throw Problem.notFound }
                let number = try await services.changeFilters(of: exchange) { transaction in
                    guard filter.posts.count < Filter.most,
                        let number = try await transaction.insertFilteredPost(post.id, of: filter.id)
                    else { throw FieldError(field: "status_id", message: "The filter has it already, or is full.") }
                    return number
                }
                return .json(FilterEntity.json(Filter.FilteredPost(id: number, post: post.id)))
            },
            Route(.get, one, access: .token(.readFilters)) { .json(FilterEntity.json(try await filteredPost($0))) },
            Route(.delete, one, access: .token(.writeFilters)) { exchange in
                let post = try await filteredPost(exchange)
                try await services.changeFilters(of: exchange) { try await $0.deleteFilteredPost(post.id) }
                return .json([:])
            },
        ]
    }

    private func filteredPost(_ exchange: Exchange) async throws -> Filter.FilteredPost {
        guard let id = Input.id(exchange.parameter("id")),
            let filter = try await services.database.filter(withPost: id, of: try exchange.requireAccount().actor.id),
            let post = filter.posts.first(where: { $0.id == id })
        else { throw Problem.notFound }
        return post
    }
}
