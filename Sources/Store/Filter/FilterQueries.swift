package import Foundation
package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    /// All filters of a person, in the order in which they were made.
    package func filters(of owner: ActorID) async throws -> [Filter] {
        try await rows("select \(Filter.columns) from filters where owner_id = \(owner) order by id").map(Filter.init)
    }

    /// Those of some people that have not ended.
    package func activeFilters(of owners: [ActorID], at now: Date) async throws -> [ActorID: [Filter]] {
        guard !owners.isEmpty else { return [:] }
        let found = try await rows(
            """
            select owner_id, \(Filter.columns) from filters
            where owner_id = any(\(owners.map(\.rawValue))::bigint[]) and (ends_at is null or ends_at > \(now))
                order by id
            """)
        return Dictionary(
            grouping: try found.map { (owner: try $0.get("owner_id", as: ActorID.self), filter: try Filter($0)) },
            by: \.owner
        ).mapValues { $0.map(\.filter) }
    }

    package func filter(_ id: Int64, of owner: ActorID) async throws -> Filter? {
        try await row("select \(Filter.columns) from filters where id = \(id) and owner_id = \(owner)").map(Filter.init)
    }

    /// The filter that has a keyword of this number.
    package func filter(withKeyword keyword: Int64, of owner: ActorID) async throws -> Filter? {
        try await row(
            """
            select \(Filter.columns) from filters
            where owner_id = \(owner) and id = (select filter_id from filter_keywords where id = \(keyword))
            """
        ).map(Filter.init)
    }

    /// The filter that names a post under this number.
    package func filter(withPost number: Int64, of owner: ActorID) async throws -> Filter? {
        try await row(
            """
            select \(Filter.columns) from filters
            where owner_id = \(owner) and id = (select filter_id from filter_posts where id = \(number))
            """
        ).map(Filter.init)
    }

    package func insertFilter(
        title: String, contexts: Set<Filter.Context>, action: Filter.Action, endsAt: Date?, owner: ActorID
    ) async throws -> Int64 {
        let inserted = try await row(
            """
            insert into filters (owner_id, title, contexts, action, ends_at)
            values (\(owner), \(title), \(contexts.map(\.rawValue)), \(action.rawValue), \(endsAt)) returning id
            """)
        guard let inserted else { throw StoreError.nothingReturned }
        return try inserted.get("id")
    }

    package func updateFilter(
        _ id: Int64, title: String, contexts: Set<Filter.Context>, action: Filter.Action, endsAt: Date?
    ) async throws {
        _ = try await execute(
            """
            update filters set title = \(title), contexts = \(contexts.map(\.rawValue)), action = \(action.rawValue),
                ends_at = \(endsAt)
            where id = \(id)
            """)
    }

    package func deleteFilter(_ id: Int64) async throws {
        _ = try await execute("delete from filters where id = \(id)")
    }

    package func insertKeyword(_ text: String, isWholeWord: Bool, of filter: Int64) async throws -> Int64 {
        let inserted = try await row(
            """
            insert into filter_keywords (filter_id, keyword, is_whole_word) values (\(filter), \(text), \(isWholeWord))
            returning id
            """)
        guard let inserted else { throw StoreError.nothingReturned }
        return try inserted.get("id")
    }

    package func updateKeyword(_ id: Int64, _ text: String, isWholeWord: Bool) async throws {
        _ = try await execute(
            "update filter_keywords set keyword = \(text), is_whole_word = \(isWholeWord) where id = \(id)")
    }

    package func deleteKeyword(_ id: Int64) async throws {
        _ = try await execute("delete from filter_keywords where id = \(id)")
    }

    /// Nil when the filter names the post already.
    package func insertFilteredPost(_ post: PostID, of filter: Int64) async throws -> Int64? {
        try await row(
            """
            insert into filter_posts (filter_id, post_id) values (\(filter), \(post)) on conflict do nothing
                returning id
            """
        ).map { try $0.get("id") }
    }

    package func deleteFilteredPost(_ id: Int64) async throws {
        _ = try await execute("delete from filter_posts where id = \(id)")
    }
}

extension Filter {
    fileprivate static let columns: SQL = """
        filters.id, title, contexts, action, ends_at,
        array(select id from filter_keywords where filter_id = filters.id order by id) as keyword_ids,
        array(select keyword from filter_keywords where filter_id = filters.id order by id) as keywords,
        array(select is_whole_word from filter_keywords where filter_id = filters.id order by id) as whole_words,
        array(select id from filter_posts where filter_id = filters.id order by id) as filtered_ids,
        array(select post_id from filter_posts where filter_id = filters.id order by id) as filtered_posts
        """

    fileprivate init(_ row: Row) throws {
        let (numbers, texts): ([Int64], [String]) = (try row.get("keyword_ids"), try row.get("keywords"))
        let wholeWords: [Bool] = try row.get("whole_words")
        let (ids, posts): ([Int64], [Int64]) = (try row.get("filtered_ids"), try row.get("filtered_posts"))
        let contexts: [String] = try row.get("contexts")
        self.init(
            id: try row.get("id"), title: try row.get("title"), contexts: Set(contexts.compactMap(Context.init)),
            action: Action(rawValue: try row.get("action")) ?? .warn, endsAt: try row.get("ends_at"),
            keywords: zip(zip(numbers, texts), wholeWords).map { Keyword(id: $0.0, text: $0.1, isWholeWord: $1) },
            posts: zip(ids, posts).map { FilteredPost(id: $0, post: PostID(rawValue: $1)) })
    }
}
