import AsyncAlgorithms
package import Logging
package import PostgreSQL
import ServiceLifecycle

/// Leases due jobs and hands them to their handlers until it is told to stop; then it finishes what it has begun.
package actor JobRunner: Service {
    private let database: Pool
    private let listener: Listener
    private let handlers: [String: any JobHandler]
    private let probeInterval: Duration
    private let logger: Logger
    private let queue = JobQueue()
    private let outcomes: OutcomeWriter

    private var book: LaneBook
    private var suspects = 0
    /// nil when the queues have to be looked at now.
    private var nextLook: ContinuousClock.Instant?
    private let wakeUps: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    private static let lookInterval = Duration.seconds(1)
    /// However many hints come, the queues are looked at no more often.
    private static let shortestLookInterval = Duration.milliseconds(50)
    private var lastLook: ContinuousClock.Instant?

    /// - Parameters:
    ///   - capacity: jobs in flight at once.
    ///   - laneCapacity: of these, at most so many of one named lane.
    ///   - probeInterval: how long a closed host is left alone between two attempts.
    package init(
        database: Pool, listener: Listener, handlers: [any JobHandler], capacity: Int, laneCapacity: Int,
        probeInterval: Duration = .seconds(900), logger: Logger
    ) {
        self.database = database
        self.listener = listener
        self.handlers = Dictionary(handlers.map { (type(of: $0).kind, $0) }) { first, _ in first }
        self.probeInterval = probeInterval
        self.logger = logger
        outcomes = OutcomeWriter(database: database, logger: logger)
        book = LaneBook(capacity: capacity, laneCapacity: laneCapacity)
        (wakeUps, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    package func run() async throws {
        await withTaskGroup { watchers in
            watchers.addTask { await self.pollEverySecond() }
            watchers.addTask { await self.followNotifications() }
            await withDiscardingTaskGroup { work in
                for await _ in wakeUps.cancelOnGracefulShutdown() {
                    await beginDueJobs(in: &work)
                }
            }
            watchers.cancelAll()
        }
    }

    private func pollEverySecond() async {
        wake.yield()
        for await _ in AsyncTimerSequence(interval: Self.lookInterval, clock: .continuous) { wake.yield() }
    }

    private func followNotifications() async {
        for await event in listener.events {
            if case .notification(_, let payload) = event, let queue = QueueName(hint: payload) {
                book.note(queue, now: .now)
            } else {
                nextLook = nil
            }
            wake.yield()
        }
    }

    private func beginDueJobs(in work: inout DiscardingTaskGroup) async {
        await look()
        while true {
            let start = ContinuousClock.now
            let requests = book.requests(now: start)
            guard !requests.isEmpty, !Task.isShuttingDownGracefully else { return }
            do {
                let claimed = try await queue.claim(
                    requests, kinds: handlers.keys.sorted(), suspects: suspects == 0, probeInterval: probeInterval,
                    on: database)
                book.took(claimed, for: requests, at: start)
                for job in claimed.jobs {
                    if job.deaths > 0 { suspects += 1 }
                    work.addTask { await self.perform(job) }
                }
            } catch {
                logger.warning("cannot lease jobs", metadata: ["error": "\(error)"])
                return
            }
        }
    }

    /// Looks at all queues where that is due, and first frees what dead processes held.
    private func look() async {
        let start = ContinuousClock.now
        if let nextLook, start < nextLook { return }
        if let lastLook, start - lastLook < Self.shortestLookInterval {
            let rest = Self.shortestLookInterval - (start - lastLook)
            nextLook = start + rest
            Task { [wake] in
                try? await Task.sleep(for: rest)
                wake.yield()
            }
            return
        }
        lastLook = start
        nextLook = start + Self.lookInterval
        do {
            for job in try await queue.endExpiredLeases(on: database) {
                logger.error(
                    "gave a job up during which the process ended three times", metadata: ["job": "\(job)"])
            }
            let queues = try await queue.waitingQueues(on: database)
            book.replace(with: queues, begunAt: start, now: .now)
        } catch {
            logger.warning("cannot look at the queues", metadata: ["error": "\(error)"])
        }
    }

    private func perform(_ job: Job) async {
        let outcome = await handlers[job.kind]?.run(job) ?? .dead(reason: "nobody handles jobs of this kind")
        let due = await outcomes.write(Task.isCancelled && outcome != .done ? .released : outcome, of: job)
        book.ended(job)
        for queue in due { book.note(queue, now: .now) }
        if job.deaths > 0 {
            suspects -= 1
            nextLook = nil
        }
        switch outcome {
        case .released: book.note(QueueName(job), now: .now)
        case .retry(let delay, _, _) where delay <= .zero: book.note(QueueName(job), now: .now)
        case .done, .dead, .retry: break
        }
        wake.yield()
    }
}

extension QueueName {
    init(_ job: Job) { self.init(lane: job.lane, priority: job.priority) }

    /// Reads what ``JobQueue/channel`` carries.
    init?(hint: String) {
        let parts = hint.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let priority = Int(parts[0]) else { return nil }
        self.init(lane: String(parts[1]), priority: priority)
    }
}
