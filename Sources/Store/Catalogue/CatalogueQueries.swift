package import Mentoring
package import PostgreSQL

extension Queryable {
    package func catalogue() async throws -> Catalogue {
        Catalogue(
            try await rows(
                "select name, label, description, durations, pricing, position, is_offered from session_types"
            ).map(SessionType.init))
    }

    /// Writes a row of the catalogue, new or changed.
    package func save(_ type: SessionType) async throws {
        _ = try await execute(
            """
            insert into session_types (name, label, description, durations, pricing, position, is_offered)
            values (\(type.name), \(type.label), \(type.description), \(type.durations), \(type.pricing),
                \(type.position), \(type.isOffered))
            on conflict (name) do update set label = excluded.label, description = excluded.description,
                durations = excluded.durations, pricing = excluded.pricing, position = excluded.position,
                is_offered = excluded.is_offered
            """)
    }
}

extension SessionType {
    init(_ row: Row) throws {
        self.init(
            name: try row.get("name"), label: try row.get("label"), description: try row.get("description"),
            durations: try row.get("durations"), pricing: try row.get("pricing"), position: try row.get("position"),
            isOffered: try row.get("is_offered"))
    }
}
