package import PostgreSQL
import Social
package import Wire

/// People whom somebody reads in a timeline of its own.
package struct PeopleList: Sendable {
    /// Which answers of its people it shows.
    package enum Replies: String, CaseIterable, Sendable {
        /// Those to anybody whom the owner follows.
        case followed
        /// Those to others of the list.
        case list
        case none
    }

    package let id: Int64
    package let title: String
    package let replies: Replies
    /// Whether what it shows is left out of home.
    package let isExclusive: Bool
}

extension Queryable {
    package func lists(of owner: ActorID) async throws -> [PeopleList] {
        try await rows("select \(PeopleList.columns) from lists where owner_id = \(owner) order by title, id")
            .map(PeopleList.init)
    }

    /// The lists of an owner on which somebody stands.
    package func lists(of owner: ActorID, with member: ActorID) async throws -> [PeopleList] {
        try await rows(
            """
            select \(PeopleList.columns) from lists join list_members on list_members.list_id = lists.id
            where owner_id = \(owner) and list_members.actor_id = \(member) order by title, lists.id
            """
        ).map(PeopleList.init)
    }

    package func list(_ id: Int64, of owner: ActorID) async throws -> PeopleList? {
        try await row("select \(PeopleList.columns) from lists where id = \(id) and owner_id = \(owner)")
            .map(PeopleList.init)
    }

    package func insertList(title: String, replies: PeopleList.Replies, isExclusive: Bool, owner: ActorID) async throws
        -> PeopleList
    {
        let inserted = try await row(
            """
            insert into lists (owner_id, title, replies, is_exclusive)
            values (\(owner), \(title), \(replies.rawValue), \(isExclusive)) returning \(PeopleList.columns)
            """)
        guard let inserted else { throw StoreError.nothingReturned }
        return try PeopleList(inserted)
    }

    package func updateList(_ id: Int64, title: String, replies: PeopleList.Replies, isExclusive: Bool) async throws {
        _ = try await execute(
            """
            update lists set title = \(title), replies = \(replies.rawValue), is_exclusive = \(isExclusive)
            where id = \(id)
            """)
    }

    package func deleteList(_ id: Int64) async throws {
        _ = try await execute("delete from lists where id = \(id)")
        _ = try await execute("delete from feed_entries where feed_id = \(id)")
    }

    /// With the positions by which pages go on.
    package func members(of list: Int64, _ page: Page) async throws -> [(position: Int64, actor: ActorID)] {
        page.newestFirst(
            try await rows(
                """
                select id, actor_id from list_members where list_id = \(list) and \(page.holds("id"))
                \(page.end(by: "id"))
                """
            ).map { (try $0.get("id"), try $0.get("actor_id")) })
    }

    /// False when they are on it already.
    package func insertMember(_ member: ActorID, of list: Int64) async throws -> Bool {
        try await execute(
            "insert into list_members (list_id, actor_id) values (\(list), \(member)) on conflict do nothing") == 1
    }

    package func deleteMember(_ member: ActorID, of list: Int64) async throws {
        _ = try await execute("delete from list_members where list_id = \(list) and actor_id = \(member)")
    }

    /// Takes somebody off all lists of an owner who no longer follows them.
    package func deleteMember(_ member: ActorID, ofListsOf owner: ActorID) async throws {
        _ = try await execute(
            """
            delete from list_members using lists
            where lists.id = list_id and owner_id = \(owner) and actor_id = \(member)
            """)
    }
}

extension PeopleList {
    static let columns: SQL = "lists.id, lists.title, lists.replies, lists.is_exclusive"

    init(_ row: Row) throws {
        id = try row.get("id")
        title = try row.get("title")
        replies = Replies(rawValue: try row.get("replies")) ?? .list
        isExclusive = try row.get("is_exclusive")
    }
}
