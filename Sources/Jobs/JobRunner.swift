import AsyncAlgorithms
package import Logging
package import PostgreSQL
import ServiceLifecycle

/// Leases due jobs and hands them to their handlers until it is told to stop; then it finishes what it has begun.
package actor JobRunner: Service {
    private let database: Pool
    private let listener: Listener
    private let handlers: [String: any JobHandler]
    private let capacity: Int
    private let laneCapacity: Int
    private let logger: Logger
    private let queue = JobQueue()

    private var inFlight = 0
    private var lanes: [String: Int] = [:]
    private let wakeUps: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - capacity: jobs in flight at once.
    ///   - laneCapacity: of these, at most so many of one named lane.
    package init(
        database: Pool, listener: Listener, handlers: [any JobHandler], capacity: Int, laneCapacity: Int, logger: Logger
    ) {
        self.database = database
        self.listener = listener
        self.handlers = Dictionary(handlers.map { (type(of: $0).kind, $0) }) { first, _ in first }
        self.capacity = capacity
        self.laneCapacity = laneCapacity
        self.logger = logger
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
        for await _ in AsyncTimerSequence(interval: .seconds(1), clock: .continuous) { wake.yield() }
    }

    private func followNotifications() async {
        for await _ in listener.events { wake.yield() }
    }

    private func beginDueJobs(in work: inout DiscardingTaskGroup) async {
        while inFlight < capacity {
            let jobs: [Job]
            do {
                jobs = try await queue.claim(
                    limit: capacity - inFlight, kinds: handlers.keys.sorted(), lanes: lanes, laneCapacity: laneCapacity,
                    on: database)
            } catch {
                logger.warning("cannot lease jobs", metadata: ["error": "\(error)"])
                return
            }
            guard !jobs.isEmpty else { return }
            for job in jobs {
                inFlight += 1
                lanes[job.lane, default: 0] += 1
                work.addTask { await self.perform(job) }
            }
        }
    }

    private func perform(_ job: Job) async {
        let outcome = await handlers[job.kind]?.run(job) ?? .dead(reason: "nobody handles jobs of this kind")
        let isCancelled = Task.isCancelled
        // Not a child of the task that may be cancelled by now: the outcome has to be written down all the same.
        await Task { await self.record(isCancelled && outcome != .done ? .released : outcome, of: job) }.value
        inFlight -= 1
        lanes[job.lane] = lanes[job.lane].flatMap { $0 > 1 ? $0 - 1 : nil }
        wake.yield()
    }

    private func record(_ outcome: JobOutcome, of job: Job) async {
        if case .dead(let reason) = outcome {
            logger.warning(
                "gave a job up; it stays in the table jobs",
                metadata: ["job": "\(job.id)", "kind": "\(job.kind)", "lane": "\(job.lane)", "reason": "\(reason)"])
        }
        do {
            try await queue.finish(job, outcome, on: database)
        } catch {
            logger.error(
                "cannot record the outcome of a job; its lease will run out",
                metadata: ["job": "\(job.id)", "kind": "\(job.kind)", "error": "\(error)"])
        }
    }
}
