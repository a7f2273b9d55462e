package import PostgreSQL
import Social
package import Wire

extension Queryable {
    /// False when the block was there already.
    package func insertBlock(by blocker: ActorID, of blocked: ActorID, uri: URI) async throws -> Bool {
        let inserted = try await execute(
            """
            insert into blocks (blocker_id, blocked_id, uri) values (\(blocker), \(blocked), \(uri))
            on conflict do nothing
            """)
        return inserted == 1
    }

    /// False when there was none.
    package func deleteBlock(by blocker: ActorID, of blocked: ActorID) async throws -> Bool {
        try await execute("delete from blocks where blocker_id = \(blocker) and blocked_id = \(blocked)") == 1
    }

    /// Whom a block of this activity concerns.
    package func blocked(by blocker: ActorID, with uri: URI) async throws -> ActorID? {
        try await row("select blocked_id from blocks where blocker_id = \(blocker) and uri = \(uri)")
            .map { try $0.get("blocked_id") }
    }

    /// Those of some whom an actor blocks.
    package func blocked(by blocker: ActorID, among others: [ActorID]) async throws -> Set<ActorID> {
        Set(
            try await rows(
                """
                select blocked_id from blocks
                where blocker_id = \(blocker) and blocked_id = any(\(others.map(\.rawValue))::bigint[])
                """
            ).map { try $0.get("blocked_id") })
    }
}
