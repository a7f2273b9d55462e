import Logging
import PostgreSQL

/// Writes down what became of jobs: those that end while a write is under way go together into the next.
actor OutcomeWriter {
    private struct Entry {
        let job: Job
        let outcome: JobOutcome
        let isWritten: CheckedContinuation<[QueueName], Never>
    }

    private let database: Pool
    private let logger: Logger
    private let queue = JobQueue()
    private var waiting: [Entry] = []
    private var isWriting = false

    private static let most = 500

    init(database: Pool, logger: Logger) {
        self.database = database
        self.logger = logger
    }

    /// Returns when the outcome is written, or cannot be: then the lease will run out. A task that is cancelled by now
    /// writes all the same.
    ///
    /// - Returns: queues in which something became due.
    func write(_ outcome: JobOutcome, of job: Job) async -> [QueueName] {
        if case .dead(let reason, _) = outcome {
            logger.warning(
                "gave a job up; 'mentord queue list --dead' shows it",
                metadata: ["job": "\(job.id)", "kind": "\(job.kind)", "lane": "\(job.lane)", "reason": "\(reason)"])
        }
        return await withCheckedContinuation { continuation in
            waiting.append(Entry(job: job, outcome: outcome, isWritten: continuation))
            guard !isWriting else { return }
            isWriting = true
            // Not a child of the task that may be cancelled.
            Task { await writeAll() }
        }
    }

    private func writeAll() async {
        while !waiting.isEmpty {
            let batch = Array(waiting.prefix(Self.most))
            waiting.removeFirst(batch.count)
            if let due = await write(batch) {
                for (index, entry) in batch.enumerated() { entry.isWritten.resume(returning: index == 0 ? due : []) }
            } else {
                // One that cannot be written must not take the others with it.
                for entry in batch { entry.isWritten.resume(returning: await write([entry]) ?? []) }
            }
        }
        isWriting = false
    }

    private func write(_ batch: [Entry]) async -> [QueueName]? {
        do {
            return try await queue.finish(batch.map { ($0.job, $0.outcome) }, on: database)
        } catch {
            logger.error(
                "cannot record the outcome of jobs; their leases will run out",
                metadata: ["jobs": "\(batch.map { String($0.job.id) }.joined(separator: " "))", "error": "\(error)"])
            return nil
        }
    }
}
