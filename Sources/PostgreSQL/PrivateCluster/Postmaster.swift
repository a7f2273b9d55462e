internal import Glibc

/// The server process of a cluster, known from its `postmaster.pid`.
struct Postmaster {
    let pid: pid_t
    let socketFolder: String

    /// The process that runs the cluster in `dataFolder`; nil if there is none, whatever a stale file says.
    static func running(_ dataFolder: String) -> Postmaster? {
        let lines = tail(of: file(dataFolder)).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 4, let pid = pid_t(lines[0]), serves(pid, dataFolder) else { return nil }
        return Postmaster(pid: pid, socketFolder: String(lines[4]))
    }

    /// Removes a `postmaster.pid` whose number now belongs to a process of another program, at which the server would
    /// refuse to start. The server itself judges the file of a dead process: it looks for surviving children first.
    static func removeMisleadingFile(_ dataFolder: String) {
        let path = file(dataFolder)
        guard let pid = pid_t(tail(of: path).prefix { $0.isNumber }), !serves(pid, dataFolder) else { return }
        if kill(pid, 0) == 0 || errno == EPERM { unlink(path) }
    }

    func isRunning(_ dataFolder: String) -> Bool {
        guard kill(pid, 0) == 0 || errno == EPERM else { return false }
        // While a new process becomes the server, and once it is dead but not reaped, it has no arguments.
        let arguments = Self.arguments(pid)
        return arguments.isEmpty || Self.serve(arguments, dataFolder)
    }

    /// Waits for the end of the process; false if it still runs after `patience`.
    func waitForEnd(_ dataFolder: String, patience: Duration) -> Bool {
        let deadline = ContinuousClock.now + patience
        while isRunning(dataFolder) {
            guard .now < deadline else { return false }
            usleep(10_000)
        }
        return true
    }

    private static func file(_ dataFolder: String) -> String { dataFolder + "/postmaster.pid" }

    private static func serves(_ pid: pid_t, _ dataFolder: String) -> Bool {
        serve(arguments(pid), dataFolder)
    }

    /// Whether the arguments are `… -D dataFolder …`.
    private static func serve(_ arguments: [String], _ dataFolder: String) -> Bool {
        zip(arguments, arguments.dropFirst()).contains { $0 == "-D" && $1 == dataFolder }
    }

    private static func arguments(_ pid: pid_t) -> [String] {
        tail(of: "/proc/\(pid)/cmdline").utf8.split(separator: 0).map { String($0) ?? "" }
    }
}
