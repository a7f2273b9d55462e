internal import Processes

/// Runs PostgreSQL's programs. Blocks the thread.
enum Program {
    struct Result {
        let status: Int32
        /// Standard output and error, at most the last 4,000 bytes.
        let output: String
    }

    /// Runs to the end.
    static func run(_ arguments: [String]) throws(ClusterError) -> Result {
        let result = try explaining { () throws(ChildProcess.Failure) in try ChildProcess.run(arguments) }
        return Result(status: result.status, output: result.output)
    }

    /// Starts one that goes on after this process; its id, to be reaped.
    static func start(_ arguments: [String], output: Int32) throws(ClusterError) -> Int32 {
        try explaining { () throws(ChildProcess.Failure) in try ChildProcess.start(arguments, output: output) }
    }

    static func reap(_ pid: Int32) { ChildProcess.reap(pid) }

    private static func explaining<Value>(
        _ work: () throws(ChildProcess.Failure) -> Value
    ) throws(ClusterError) -> Value {
        do {
            return try work()
        } catch {
            throw .system(call: error.call, path: error.path, errno: error.errno)
        }
    }
}
