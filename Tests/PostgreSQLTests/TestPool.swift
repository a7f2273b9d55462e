import PostgreSQL
import PostgresTesting
import Synchronization

/// A pool for tests that only select.
func sharedPool() async throws -> Pool {
    try await SharedPool.instance.pool()
}

private actor SharedPool {
    static let instance = SharedPool()
    private var made: Pool?

    func pool() async throws -> Pool {
        let settings = try await TestServer.shared.administratorSettings()
        if let made { return made }
        let pool = Pool(settings, size: 4, acquireTimeout: .seconds(60))
        made = pool
        return pool
    }
}

/// Waits until some session of the pool's database is running `text`, asking from outside the pool.
func waitForActivity(_ pool: Pool, _ text: String) async throws {
    while true {
        let found = try await sharedPool().execute(
            """
            select 1 from pg_stat_activity
            where datname = \(pool.settings.database) and state = 'active' and query = \(text)
            """)
        if found > 0 { return }
    }
}

/// A value that several tasks of a test change.
final class Shared<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) {
        mutex = Mutex(value)
    }

    var value: Value { mutex.withLock { $0 } }

    func withLock(_ body: (inout Value) -> Void) {
        mutex.withLock { value in body(&value) }
    }
}

extension Shared<Int> {
    @discardableResult
    func increment() -> Int {
        mutex.withLock { value in
            value += 1
            return value
        }
    }
}
