package import PostgreSQL

/// Runs `body` with a pool on a fresh database, which is dropped afterwards.
///
/// The database is a copy of one in which `migrations` were applied once for all tests of this process. Safe in
/// parallel tests: at most 24 bodies run at a time, the others wait.
@discardableResult
package func withDatabase<Success>(
    migrations: [Migration] = [], poolSize: Int = 4, _ body: (Pool) async throws -> Success
) async throws -> Success {
    await databaseGate.enter()
    defer { Task { await databaseGate.leave() } }
    let settings = try await TestServer.shared.createDatabase(migrations: migrations)
    let pool = Pool(settings, size: poolSize)
    let result: Result<Success, any Error>
    do {
        result = .success(try await body(pool))
    } catch {
        result = .failure(error)
    }
    await pool.close()
    try await TestServer.shared.drop(settings)
    return try result.get()
}

private let databaseGate = Gate(places: 24)

/// Lets a bounded number in, in the order of asking.
private actor Gate {
    private var places: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) {
        self.places = places
    }

    func enter() async {
        if places > 0 {
            places -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func leave() {
        if waiting.isEmpty {
            places += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
