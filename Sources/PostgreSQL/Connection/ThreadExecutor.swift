internal import Foundation

/// Runs an actor's jobs one after the other on a thread of their own, where blocking is allowed.
///
/// A task that prefers it (SE-0417) runs here between its calls of the actor as well, so that none of them changes
/// threads.
///
/// Unchecked: all state is guarded by `condition`. The thread ends after `stop()`, when the queue is empty.
final class ThreadExecutor: SerialExecutor, TaskExecutor, @unchecked Sendable {
    private let condition = NSCondition()
    private var jobs: [UnownedJob] = []
    private var isStopped = false
    private var thread: Thread?

    init(name: String) {
        let thread = Thread { [self] in work() }
        thread.name = name
        self.thread = thread
        thread.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        condition.withLock {
            jobs.append(job)
            condition.signal()
        }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    func asUnownedTaskExecutor() -> UnownedTaskExecutor {
        UnownedTaskExecutor(ordinary: self)
    }

    /// Lets the thread end once everything enqueued has run.
    func stop() {
        condition.withLock {
            isStopped = true
            condition.signal()
        }
    }

    func checkIsolated() {
        precondition(isIsolatingCurrentContext() == true, "not on the executor's thread")
    }

    func isIsolatingCurrentContext() -> Bool? {
        condition.withLock { thread } === Thread.current
    }

    private func work() {
        while let batch = nextBatch() {
            for job in batch {
                job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
            }
        }
        condition.withLock { thread = nil }
    }

    /// Waits for jobs; nil when stopped and nothing is left.
    private func nextBatch() -> [UnownedJob]? {
        condition.withLock {
            while jobs.isEmpty && !isStopped { condition.wait() }
            guard !jobs.isEmpty else { return nil }
            defer { jobs.removeAll(keepingCapacity: true) }
            return jobs
        }
    }
}
