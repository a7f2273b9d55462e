/// The pool's book-keeping, without its lock: who waits, what is free, what must be opened.
///
/// A connection is idle, leased or being opened; `capacity` bounds their sum. Connections are idle only while nobody
/// waits, so a newcomer never overtakes.
struct PoolState {
    typealias Waiter = CheckedContinuation<Result<Connection, PostgresError>, Never>

    let capacity: Int
    private(set) var isClosed = false
    private var idle: [Connection] = []
    private var leased = 0
    private var opening = 0
    private var waiters: [(ticket: Int, deadline: ContinuousClock.Instant, waiter: Waiter)] = []
    private var isWatched = false
    private var lastTicket = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Nothing leased and nothing being opened.
    var isQuiet: Bool { leased == 0 && opening == 0 }

    var waiterCount: Int { waiters.count }

    mutating func takeIdle() -> Connection? {
        guard !isClosed, let connection = idle.popLast() else { return nil }
        leased += 1
        return connection
    }

    mutating func nextTicket() -> Int {
        lastTicket += 1
        return lastTicket
    }

    /// Only after `takeIdle` has found nothing, under the same lock.
    mutating func enqueue(_ waiter: Waiter, ticket: Int, until deadline: ContinuousClock.Instant) {
        waiters.append((ticket, deadline, waiter))
    }

    /// Whether the caller is to look after the deadlines of those who wait, until ``nextDeadline()`` gives nil.
    mutating func reserveWatch() -> Bool {
        guard !isWatched, !waiters.isEmpty else { return false }
        isWatched = true
        return true
    }

    /// All wait equally long: the first in line is the first to give up. Nil when nobody waits.
    mutating func nextDeadline() -> ContinuousClock.Instant? {
        if waiters.isEmpty { isWatched = false }
        return waiters.first?.deadline
    }

    /// Those who have waited too long.
    mutating func takeOverdue(at now: ContinuousClock.Instant) -> [Waiter] {
        let overdue = waiters.prefix { $0.deadline <= now }
        waiters.removeFirst(overdue.count)
        return overdue.map(\.waiter)
    }

    mutating func removeWaiter(_ ticket: Int) -> Waiter? {
        waiters.firstIndex { $0.ticket == ticket }.map { waiters.remove(at: $0).waiter }
    }

    /// Whether the caller is to open a connection now and report back.
    mutating func reserveOpening() -> Bool {
        guard !isClosed, waiters.count > opening, idle.count + leased + opening < capacity else { return false }
        opening += 1
        return true
    }

    /// A connection was opened: whom to hand it to. Without a waiter it is idle, or to be closed if `isClosed`.
    mutating func didOpen(_ connection: Connection) -> Waiter? {
        opening -= 1
        return handOver(connection)
    }

    /// No connection could be opened: whom to tell.
    mutating func didFailToOpen() -> Waiter? {
        opening -= 1
        return waiters.isEmpty ? nil : waiters.removeFirst().waiter
    }

    /// A lease ended; nil for a connection that is not to be used again. Returns whom to hand it to.
    mutating func didReturn(_ connection: Connection?) -> Waiter? {
        leased -= 1
        return connection.flatMap { handOver($0) }
    }

    /// From now on nothing is lent. Returns what was idle and who waited.
    mutating func close() -> (idle: [Connection], waiters: [Waiter]) {
        isClosed = true
        defer {
            idle = []
            waiters = []
        }
        return (idle, waiters.map(\.waiter))
    }

    private mutating func handOver(_ connection: Connection) -> Waiter? {
        guard !isClosed else { return nil }
        guard !waiters.isEmpty else {
            idle.append(connection)
            return nil
        }
        leased += 1
        return waiters.removeFirst().waiter
    }
}
