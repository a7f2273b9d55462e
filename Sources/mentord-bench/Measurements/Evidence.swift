import PostgreSQL

/// What must be in the database after activities were acknowledged.
struct Evidence {
    private let activities: [Activities.Activity]

    init(of activities: [Activities.Activity]) { self.activities = activities }

    func check(in database: Pool) async throws {
        // Likes of this load that were taken back in it are not there.
        let withdrawn = Set(activities.compactMap { if case .withdrawnLike(let id) = $0.trace { id } else { nil } })
        try await expect(activities.map(\.id), "receipts") {
            "select count(*) as n from received_activities where uri = any(\($0)::text[])"
        }
        try await expect(traces { if case .post(let uri) = $0 { uri } else { nil } }, "posts") {
            "select count(*) as n from posts where uri = any(\($0)::text[])"
        }
        try await expect(
            traces { if case .like(let id) = $0, !withdrawn.contains(id) { id } else { nil } }, "likes"
        ) {
            "select count(*) as n from likes where uri = any(\($0)::text[])"
        }
        try await expect(traces { if case .boost(let id) = $0 { id } else { nil } }, "boosts") {
            "select count(*) as n from boosts where uri = any(\($0)::text[])"
        }
        try await expect(traces { if case .follow(let id) = $0 { id } else { nil } }, "follows") {
            "select count(*) as n from follows where uri = any(\($0)::text[])"
        }
        try await expect(traces { if case .session(let id) = $0 { id } else { nil } }, "sessions") {
            "select count(*) as n from sessions where invite_uri = any(\($0)::text[])"
        }
        let standing: Int? = try await database.row(
            "select count(*) as n from likes where uri = any(\(withdrawn.sorted())::text[])")?.get("n")
        guard standing == 0 else { throw BenchFailure.lost("\(standing ?? 0) of \(withdrawn.count) undone likes") }

        func expect(_ addresses: [String], _ what: String, _ count: ([String]) -> SQL) async throws {
            let found: Int? = try await database.row(count(addresses))?.get("n")
            guard found == addresses.count else {
                throw BenchFailure.lost("\(addresses.count - (found ?? 0)) of \(addresses.count) \(what)")
            }
        }
    }

    private func traces(_ address: (Activities.Trace) -> String?) -> [String] {
        activities.compactMap { address($0.trace) }
    }
}
