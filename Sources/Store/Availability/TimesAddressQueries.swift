package import PostgreSQL
package import Wire

extension Queryable {
    /// Whether a mentor of ours has set when they take sessions.
    package func hasAvailability(_ mentor: ActorID) async throws -> Bool {
        try await row("select from availabilities where actor_id = \(mentor)") != nil
    }

    /// Where the community of a mentor elsewhere tells their free times; nil where it does not.
    package func timesAddress(of mentor: ActorID) async throws -> URI? {
        try await row("select times_address from mentor_profiles where actor_id = \(mentor)")?.get("times_address")
    }

    package func setTimesAddress(_ address: URI?, of mentor: ActorID) async throws {
        _ = try await execute("update mentor_profiles set times_address = \(address) where actor_id = \(mentor)")
    }
}
