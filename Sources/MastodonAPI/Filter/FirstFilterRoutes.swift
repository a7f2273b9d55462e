import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
package import WebServer
import Wire

/// Filters as older clients know them: each keyword is one (docs.joinmastodon.org/methods/filters/#v1).
package struct FirstFilterRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let filters = "/api/v1/filters"
        return [
            Route(.get, filters, access: .token(.readFilters)) { exchange in
                let found = try await services.database.filters(of: try exchange.requireAccount().actor.id)
                return .json(
                    .array(found.flatMap { filter in filter.keywords.map { FilterEntity.first($0, of: filter) } }))
            },
            Route(.post, filters, access: .token(.writeFilters)) { try await create($0) },
            Route(.get, "\(filters)/{id}", access: .token(.readFilters)) { exchange in
                let (filter, keyword) = try await find(exchange)
                return .json(FilterEntity.first(keyword, of: filter))
            },
            Route(.put, "\(filters)/{id}", access: .token(.writeFilters)) { try await change($0) },
            Route(.delete, "\(filters)/{id}", access: .token(.writeFilters)) { exchange in
                let (filter, keyword) = try await find(exchange)
                try await services.changeFilters(of: exchange) { transaction in
                    try await transaction.deleteKeyword(keyword.id)
                    if filter.keywords.count == 1, filter.posts.isEmpty {
                        try await transaction.deleteFilter(filter.id)
                    }
                }
                return .json([:])
            },
        ]
    }

    private func find(_ exchange: Exchange) async throws -> (Filter, Filter.Keyword) {
        guard let id = Input.id(exchange.parameter("id")),
            let filter = try await services.database.filter(
                withKeyword: id, of: try exchange.requireAccount().actor.id),
            let keyword = filter.keywords.first(where: { $0.id == id })
        else { throw Problem.notFound }
        return (filter, keyword)
    }

    private func create(_ exchange: Exchange) async throws -> Answer {
        let owner = try exchange.requireAccount().actor.id
        let input = try exchange.input()
        let phrase = try FilterDraft.checked(keyword: input.text("phrase") ?? "", field: "phrase")
        let draft = FilterDraft(
            title: phrase, contexts: input.texts("context") ?? [],
            action: (input.flag("irreversible") == true ? Filter.Action.hide : .warn).rawValue,
            endsAt: input.filterEnd(now: Date(), before: nil))
        let (title, contexts, action) = try draft.checked()
        guard try await services.database.filters(of: owner).count < Filter.most else {
            throw FieldError(field: "phrase", message: "You have \(Filter.most) filters already.")
        }
        let id = try await services.changeFilters(of: exchange) { transaction in
            let filter = try await transaction.insertFilter(
                title: title, contexts: contexts, action: action, endsAt: draft.endsAt, owner: owner)
            return try await transaction.insertKeyword(
                phrase, isWholeWord: input.flag("whole_word") ?? false, of: filter)
        }
        return try await answer(id, of: owner)
    }

    /// Where, how and until when belongs to the filter: it is not changed by one keyword of several.
    private func change(_ exchange: Exchange) async throws -> Answer {
        let (filter, keyword) = try await find(exchange)
        let input = try exchange.input()
        let phrase = try FilterDraft.checked(keyword: input.text("phrase") ?? keyword.text, field: "phrase")
        let action = input.flag("irreversible").map { $0 ? Filter.Action.hide : .warn } ?? filter.action
        let draft = FilterDraft(
            title: filter.title, contexts: input.texts("context") ?? filter.contexts.map(\.rawValue),
            action: action.rawValue, endsAt: input.filterEnd(now: Date(), before: filter.endsAt))
        let (title, contexts, wished) = try draft.checked()
        let isSame = (contexts, wished, draft.endsAt) == (filter.contexts, filter.action, filter.endsAt)
        guard isSame || filter.keywords.count == 1 else {
            throw FieldError(
                field: "context", message: "This keyword shares its filter with others: change the filter.")
        }
        try await services.changeFilters(of: exchange) { transaction in
            try await transaction.updateFilter(
                filter.id, title: title, contexts: contexts, action: wished, endsAt: draft.endsAt)
            try await transaction.updateKeyword(
                keyword.id, phrase, isWholeWord: input.flag("whole_word") ?? keyword.isWholeWord)
        }
        return try await answer(keyword.id, of: try exchange.requireAccount().actor.id)
    }

    private func answer(_ keyword: Int64, of owner: ActorID) async throws -> Answer {
        guard let filter = try await services.database.filter(withKeyword: keyword, of: owner),
            let found = filter.keywords.first(where: { $0.id == keyword })
        else { throw Problem.notFound }
        return .json(FilterEntity.first(found, of: filter))
    }
}
